package dev.millrace.io.kafka;

import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.BackOffUtils;
import org.apache.beam.sdk.util.FluentBackoff;

/** Asks a schema registry, again where an answer may still come. */
final class RegistryClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final FluentBackoff WAITS =
      FluentBackoff.DEFAULT
          .withInitialBackoff(org.joda.time.Duration.millis(200))
          .withMaxBackoff(org.joda.time.Duration.standardSeconds(10));

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERRORS = 500;
  private static final Set<Integer> UNAUTHORIZED = Set.of(401, 403);

  /** Request timeout, and too many requests. */
  private static final Set<Integer> TEMPORARY = Set.of(408, 429);

  /** What the registry has as {@code error_code} where it has no such schema. */
  private static final int NO_SCHEMA = 40403;

  /** None: it asks only whether there is a registry that answers. */
  private static final String NO_ID = "/schemas/ids/0";

  private final SchemaRegistry registry;
  private final HttpClient http;

  RegistryClient(SchemaRegistry registry) {
    this.registry = registry;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  /** Finds out whether the registry answers, without waiting for it. */
  void check() {
    try {
      answer(NO_ID, request(NO_ID));
    } catch (IOException e) {
      throw unreachable("at launch", e);
    }
  }

  /** The schema of an id; nothing if the registry has none. */
  Optional<RegisteredSchema> schema(int id) {
    return get("/schemas/ids/" + id);
  }

  /** The schema that another one refers to. */
  RegisteredSchema schema(RegisteredSchema.Reference reference) {
    String subject =
        URLEncoder.encode(reference.subject(), StandardCharsets.UTF_8).replace("+", "%20");
    return get("/subjects/%s/versions/%d".formatted(subject, reference.version()))
        .orElseThrow(
            () ->
                new ReadException(
                    "Cannot find a schema that another one refers to at %s: %s"
                        .formatted(registry, reference)));
  }

  private Optional<RegisteredSchema> get(String path) {
    BackOff backOff =
        WAITS
            .withMaxCumulativeBackoff(
                org.joda.time.Duration.millis(registry.retryDeadline().toMillis()))
            .backoff();
    while (true) {
      try {
        return answer(path, request(path));
      } catch (IOException e) {
        if (!waits(backOff)) {
          throw unreachable(
              "for %s (schemaRegistryRetryDeadline)".formatted(registry.retryDeadline()), e);
        }
      }
    }
  }

  /** Waits a while; not if it was long enough all in all. */
  private boolean waits(BackOff backOff) {
    try {
      return BackOffUtils.next(registry.waiting(), backOff);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpResponse<byte[]> request(String path) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    registry
        .credentials()
        .ifPresent(secret -> request.header("Authorization", "Basic " + encoded(secret.value())));
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static String encoded(String credentials) {
    return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What an answer comes to.
   *
   * @throws IOException if there may be another later
   */
  private Optional<RegisteredSchema> answer(String path, HttpResponse<byte[]> response)
      throws IOException {
    int status = response.statusCode();
    if (status == OK) {
      return Optional.of(RegisteredSchema.parse(response.body()));
    }
    if (status == NOT_FOUND && RegisteredSchema.errorCode(response.body()) == NO_SCHEMA) {
      return Optional.empty();
    }
    if (status >= SERVER_ERRORS || TEMPORARY.contains(status)) {
      throw new IOException("HTTP " + status);
    }
    throw new InputException(
        UNAUTHORIZED.contains(status)
            ? InputException.Kind.UNREADABLE
            : InputException.Kind.NOT_FOUND,
        "Cannot read schemas from %s%s: HTTP %d (expected %s)"
            .formatted(
                registry,
                path,
                status,
                UNAUTHORIZED.contains(status)
                    ? "credentials that it takes"
                    : "the API of Confluent's schema registry there"));
  }

  private ReadException unreachable(String howLong, IOException e) {
    String reason = e.getMessage();
    if (reason == null || e instanceof ConnectException) {
      reason = "no connection";
    }
    return new ReadException(
        "Cannot reach the schema registry at %s: %s: it was tried %s"
            .formatted(registry, reason, howLong),
        e);
  }

  private ReadException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ReadException(
        "Cannot reach the schema registry at %s: interrupted".formatted(registry), e);
  }
}
