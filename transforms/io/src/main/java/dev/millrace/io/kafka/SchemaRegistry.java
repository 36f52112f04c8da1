package dev.millrace.io.kafka;

import dev.millrace.io.Secret;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.Sleeper;

/**
 * Where the schemas are that messages in Avro name by their ids: a registry with the HTTP API of
 * Confluent's, which others have, too. Immutable.
 *
 * <p>A reader asks once for each id, and again, a minute later at the earliest, for one that the
 * registry didn't know. A registry that doesn't answer, or says that it can't at the moment, is
 * asked again until a deadline; then the run fails, since the messages may be good. At launch it
 * must answer at once.
 */
public final class SchemaRegistry implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

  /** What waits between attempts, and can be sent to workers. */
  interface Waiting extends Sleeper, Serializable {}

  private final String url;

  /** Null for none. */
  private final Secret credentials;

  private final Duration retryDeadline;
  private final Waiting waiting;

  private SchemaRegistry(String url, Secret credentials, Duration retryDeadline, Waiting waiting) {
    this.url = url;
    this.credentials = credentials;
    this.retryDeadline = retryDeadline;
    this.waiting = waiting;
  }

  /** The registry at a URL, such as {@code https://host:8081}: what its paths begin with. */
  public static SchemaRegistry at(String url) {
    Optional<URI> uri = parsed(url);
    if (uri.isPresent() && uri.get().getUserInfo() != null) {
      throw new IllegalArgumentException(
          "Invalid url: not shown, as it has a password (expected a reference beside it)");
    }
    if (uri.isEmpty() || uri.get().getHost() == null || !uri.get().getScheme().matches("https?")) {
      throw new IllegalArgumentException(
          "Invalid url: %s (expected http://host:port or https://host:port, and a path)"
              .formatted(url));
    }
    return new SchemaRegistry(url.replaceFirst("/+$", ""), null, DEFAULT_DEADLINE, Thread::sleep);
  }

  private static Optional<URI> parsed(String url) {
    try {
      return Optional.of(URI.create(url)).filter(URI::isAbsolute);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where {@code user:password} is, for HTTP's basic authentication: env:NAME or file:/path. */
  public SchemaRegistry withCredentials(String reference) {
    return new SchemaRegistry(url, new Secret(reference), retryDeadline, waiting);
  }

  /** How long all waits between the attempts to get a schema may take; 5 min by default. */
  public SchemaRegistry withRetryDeadline(Duration deadline) {
    if (deadline.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Invalid retryDeadline: %s (expected 1ms or more)".formatted(deadline));
    }
    return new SchemaRegistry(url, credentials, deadline, waiting);
  }

  SchemaRegistry withWaiting(Waiting other) {
    return new SchemaRegistry(url, credentials, retryDeadline, other);
  }

  String url() {
    return url;
  }

  Optional<Secret> credentials() {
    return Optional.ofNullable(credentials);
  }

  Duration retryDeadline() {
    return retryDeadline;
  }

  Waiting waiting() {
    return waiting;
  }

  void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("schemaRegistry", url))
        .addIfNotNull(
            DisplayData.item(
                "schemaRegistryCredentials", credentials == null ? null : credentials.reference()))
        .add(DisplayData.item("schemaRegistryRetryDeadline", retryDeadline.toString()));
  }

  @Override
  public String toString() {
    return url;
  }
}
