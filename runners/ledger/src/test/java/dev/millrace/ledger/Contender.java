package dev.millrace.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that competes with another one like it: it is given places of ledgers, opens each, and
 * wants a lease in each round. It prints the rounds in which it got it, and records those in the
 * ledger; and it says when it is ready for a place.
 */
final class Contender {
  static final String READY = "ready";

  private Contender() {}

  public static void main(String[] arguments) throws IOException {
    String name = arguments[0];
    int rounds = Integer.parseInt(arguments[1]);
    BufferedReader places =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(READY);
    for (String place = places.readLine(); place != null; place = places.readLine()) {
      try (Ledger ledger = Ledger.open(location(place), new ManualClock())) {
        for (int round = 0; round < rounds; round++) {
          compete(ledger, name, round);
        }
      }
      System.out.println(READY);
    }
  }

  private static LedgerLocation location(String place) {
    return place.startsWith("jdbc:")
        ? LedgerLocation.url(place).withUser("postgres")
        : LedgerLocation.file(Path.of(place));
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
