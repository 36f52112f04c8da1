package dev.millrace.console;

import dev.millrace.io.Secret;
import dev.millrace.launch.JobSpec;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options of all verbs that read or keep the ledger. What they don't say the environment may:
 * {@code MILLRACE_LEDGER}, {@code MILLRACE_LEDGER_USER}, {@code MILLRACE_LEDGER_PASSWORD}.
 */
final class LedgerFlags {
  private static final String VARIABLE = "MILLRACE_LEDGER";

  @Option(
      names = "--ledger",
      paramLabel = "FILE|URL",
      description =
          "The ledger: a file of SQLite, or jdbc:postgresql://HOST/DATABASE. Default:"
              + " $MILLRACE_LEDGER, or .millrace/ledger.db in this folder, or one above that has it.")
  private String ledger;

  @Option(
      names = "--ledger-user",
      paramLabel = "NAME",
      description = "User of a database. Default: $MILLRACE_LEDGER_USER.")
  private String user;

  @Option(
      names = "--ledger-password",
      paramLabel = "REFERENCE",
      description =
          "Where the user's password is: env:NAME or file:/PATH. Default:"
              + " $MILLRACE_LEDGER_PASSWORD.")
  private String password;

  private Optional<Path> output = Optional.empty();

  /** With what a job says: no ledger is made in the folder that it publishes to. */
  LedgerFlags of(JobSpec job) {
    output = job.option("output").map(folder -> Path.of(folder).toAbsolutePath().normalize());
    return this;
  }

  /**
   * Opens the ledger, and makes it if it isn't there.
   *
   * @throws dev.millrace.ledger.LedgerException if it can't be used: whoever publishes without one
   *     gets in the way of others
   */
  Ledger open() {
    if (asked().isEmpty()) {
      usual().make();
    }
    return Ledger.open(location(), Clock.systemUTC());
  }

  /** Opens the ledger, where there is one: for those who only read, and make none. */
  Optional<Ledger> openIfThere() {
    return location().isThere()
        ? Optional.of(Ledger.open(location(), Clock.systemUTC()))
        : Optional.empty();
  }

  /**
   * Opens a ledger that has to be there, since something in it is asked for.
   *
   * @throws IllegalArgumentException if it isn't
   */
  Ledger openExisting() {
    return openIfThere()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find ledger %s (--ledger=FILE names another)".formatted(location())));
  }

  private LedgerLocation location() {
    String place = asked().orElseGet(() -> usual().ledger().toString());
    if (!place.startsWith("jdbc:")) {
      return LedgerLocation.file(Path.of(place));
    }
    LedgerLocation location = LedgerLocation.url(place);
    if (location.isFile()) {
      return location;
    }
    Optional<String> name = given(user, VARIABLE + "_USER");
    if (name.isPresent()) {
      location = location.withUser(name.get());
    }
    Optional<String> secret = given(password, VARIABLE + "_PASSWORD");
    return secret.isPresent() ? location.withPassword(new Secret(secret.get()).value()) : location;
  }

  private Optional<String> asked() {
    return given(ledger, VARIABLE);
  }

  private static Optional<String> given(String option, String variable) {
    return Optional.ofNullable(option)
        .or(() -> Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank()));
  }

  private ProjectFolder usual() {
    return ProjectFolder.nearest(Path.of(""), output);
  }

  /** The same options for another process, which has the environment of this one. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--ledger=" + asked().orElseGet(() -> usual().ledger().toString()));
    if (user != null) {
      arguments.add("--ledger-user=" + user);
    }
    if (password != null) {
      arguments.add("--ledger-password=" + password);
    }
    return arguments;
  }
}
