package dev.millrace.console;

import dev.millrace.io.Secret;
import dev.millrace.ledger.Ledger;
import dev.millrace.ledger.LedgerLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of all verbs that read or keep the ledger. */
final class LedgerFlags {
  private static final Path USUAL = Path.of(".millrace", "ledger.db");

  @Option(
      names = "--ledger",
      paramLabel = "FILE|URL",
      description =
          "The ledger: a file of SQLite, or jdbc:postgresql://HOST/DATABASE. Default:"
              + " .millrace/ledger.db, in this folder or the nearest one above that has it.")
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
    Path here = Path.of("").toAbsolutePath();
    for (Path above = here; above != null; above = above.getParent()) {
      if (Files.exists(above.resolve(USUAL))) {
        return above.resolve(USUAL);
      }
    }
    return here.resolve(USUAL);
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
