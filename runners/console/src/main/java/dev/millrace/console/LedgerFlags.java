package dev.millrace.console;

import dev.millrace.io.Secret;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import dev.millrace.operate.PublishRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of all verbs that read or keep the ledger. */
final class LedgerFlags {
  private static final Path USUAL = Path.of(".millrace", "ledger.db");

  @Option(
      names = "--ledger",
      paramLabel = "FILE|URL",
      description =
          "The ledger: a file of SQLite, or jdbc:postgresql://HOST/DATABASE. Default:"
              + " .millrace/ledger.db, in this folder.")
  String ledger;

  @Option(names = "--ledger-user", paramLabel = "NAME", description = "User of a database.")
  String user;

  @Option(
      names = "--ledger-password",
      paramLabel = "REFERENCE",
      description = "Where the user's password is: env:NAME or file:/PATH.")
  String password;

  Ledger open(Clock clock) {
    return Ledger.open(location(), clock);
  }

  /** The ledger, where one is asked for or there already. */
  Optional<Ledger> openIfThere(Clock clock) {
    return ledger != null || Files.exists(usual()) ? Optional.of(open(clock)) : Optional.empty();
  }

  /** Has it written down what was done, where there is one. */
  void record(Consumer<PublishRecord> what) {
    try (Ledger open = openIfThere(Clock.systemUTC()).orElse(null)) {
      if (open != null) {
        what.accept(PublishRecord.in(open, Clock.systemUTC()));
      }
    }
  }

  private LedgerLocation location() {
    if (ledger == null) {
      return LedgerLocation.file(usual());
    }
    if (!ledger.startsWith("jdbc:")) {
      return LedgerLocation.file(Path.of(ledger));
    }
    LedgerLocation location = LedgerLocation.url(ledger);
    if (user != null) {
      location = location.withUser(user);
    }
    return password == null ? location : location.withPassword(new Secret(password).value());
  }

  private static Path usual() {
    return USUAL.toAbsolutePath();
  }

  /** The same options for another process. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--ledger=" + (ledger == null ? usual().toString() : ledger));
    if (user != null) {
      arguments.add("--ledger-user=" + user);
    }
    if (password != null) {
      arguments.add("--ledger-password=" + password);
    }
    return arguments;
  }
}
