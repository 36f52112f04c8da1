package dev.millrace.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that competes with another one like it: it opens a ledger, and wants a lease in each
 * round. It prints the rounds in which it got it, and records those in the ledger.
 */
final class Contender {
  private Contender() {}

  public static void main(String[] arguments) throws Exception {
    String place = arguments[0];
    String name = arguments[1];
    int rounds = Integer.parseInt(arguments[2]);
    LedgerLocation location =
        place.startsWith("jdbc:")
            ? LedgerLocation.url(place).withUser("postgres")
            : LedgerLocation.file(Path.of(place));
    System.out.write("ready\n".getBytes(StandardCharsets.UTF_8));
    System.out.flush();
    if (System.in.read() < 0) {
      return;
    }
    try (Ledger ledger = Ledger.open(location, new ManualClock())) {
      for (int round = 0; round < rounds; round++) {
        compete(ledger, name, round);
      }
    }
  }

  private static void compete(Ledger ledger, String name, int round) {
    List<String> partitions = List.of("round" + round);
    if (ledger.leases().acquire("/out", partitions, name, Duration.ofDays(1)).isEmpty()) {
      ledger
          .publishes()
          .record(
              List.of(
                  Entries.publish("/out", partitions.get(0), name, new ManualClock().instant())));
      System.out.println(round);
    }
  }
}
