package dev.millrace.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Writes down all messages of a run before the first is sent, each with what must become of it.
 *
 * <p>They are real flights, in the order of departure but for a jitter that is shorter than the
 * allowed lateness: so they are on time, whatever the run has read of other partitions. A copy is
 * on time as well, in any partition; or hours behind the flight in the same partition, and well
 * within the horizon. What is late comes two days after it departed, when the watermark of its
 * partition is far ahead for certain: a block of messages holds hours, not days. A last message in
 * each partition is days ahead of all others, so that every partition before it is complete.
 *
 * <p>The same flights, size and seed give the same script.
 */
final class Script {
  static final int PARTITIONS = 2;

  private static final Duration JITTER = Duration.ofMinutes(45);
  private static final Duration COPY_DELAY = Duration.ofHours(6);
  private static final Duration LATENESS = Duration.ofDays(2);
  private static final Duration LEAP = Duration.ofDays(4);
  private static final int RARE_EVERY = 2_500;

  private final Random random;
  private final Set<String> seen = new HashSet<>();
  private final List<Planned> planned = new ArrayList<>();
  private int flights;

  private Script(long seed) {
    this.random = new Random(seed);
  }

  private record Planned(Instant when, Message message) {}

  /** So many messages or a few fewer, in the order in which they are to be sent. */
  static List<Message> of(Iterable<Flight> flights, int size, long seed) {
    Script script = new Script(seed);
    Flight last = null;
    for (Flight flight : flights) {
      if (script.planned.size() >= size) {
        break;
      }
      script.plan(flight);
      last = flight;
    }
    return script.ordered(last);
  }

  private void plan(Flight flight) {
    int number = flights++;
    int dice = random.nextInt(100);
    if (!flight.keepsTheContract()) {
      add(jittered(flight), Message.rejected(partition(), bytes(flight)));
      return;
    }
    int home = partition();
    boolean first = seen.add(flight.identity());
    add(jittered(flight), Message.of(home, flight, first ? Fate.PUBLISHED : Fate.DUPLICATE));
    if (dice < 4) {
      add(jittered(flight), Message.of(partition(), flight, Fate.DUPLICATE));
    } else if (dice < 5) {
      add(flight.date().plus(COPY_DELAY), Message.of(home, flight, Fate.DUPLICATE));
    } else if (dice < 7) {
      add(jittered(flight), Message.rejected(partition(), Poison.mistake(flight, number)));
    } else if (dice < 9 && first) {
      Flight late = flight.farther();
      add(flight.date().plus(LATENESS), Message.of(partition(), late, Fate.LATE));
    }
    if (number % RARE_EVERY == RARE_EVERY / 2) {
      add(
          jittered(flight),
          Message.rejected(partition(), Poison.rare(number / RARE_EVERY, random)));
    }
  }

  private void add(Instant when, Message message) {
    planned.add(new Planned(when, message));
  }

  /** Without those that would come after the last flight, and so not be late for certain. */
  private List<Message> ordered(Flight last) {
    Instant end = last.date();
    List<Message> messages = new ArrayList<>();
    planned.stream()
        .filter(each -> each.message.fate() != Fate.LATE || each.when.isBefore(end))
        .sorted(Comparator.comparing(Planned::when))
        .map(Planned::message)
        .forEach(messages::add);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Flight ahead = last.later(LEAP).withDelay(partition).farther();
      messages.add(Message.of(partition, ahead, Fate.OPEN));
    }
    return messages;
  }

  private Instant jittered(Flight flight) {
    return flight.date().plusMillis(random.nextInt((int) JITTER.toMillis()));
  }

  private int partition() {
    return random.nextInt(PARTITIONS);
  }

  private static byte[] bytes(Flight flight) {
    return flight.json().getBytes(StandardCharsets.UTF_8);
  }
}
