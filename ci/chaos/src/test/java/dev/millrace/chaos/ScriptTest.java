package dev.millrace.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That what the script says of its messages follows from the contract, whatever the run does. */
class ScriptTest {
  private static final int SIZE = 80_000;
  private static final Duration ALLOWED_LATENESS = Duration.ofHours(1);

  /** A block of messages is judged by what was read before it: it has no more than so many. */
  private static final int BLOCK = 3_000;

  private static List<Message> script;

  @BeforeAll
  static void write() throws IOException {
    script = Chaos.script(Path.of("../.."), SIZE, 1);
  }

  @Test
  void isTheSameForTheSameSeed() throws IOException {
    assertThat(identities(Chaos.script(Path.of("../.."), SIZE, 1)), is(identities(script)));
    assertThat(
        identities(Chaos.script(Path.of("../.."), SIZE, 2)).equals(identities(script)), is(false));
  }

  private static List<String> identities(List<Message> messages) {
    return messages.stream()
        .map(each -> each.partition() + " " + each.fate() + " " + each.identity())
        .toList();
  }

  @Test
  void hasSomeOfEachFate() {
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    script.forEach(message -> counts.merge(message.fate(), 1, Integer::sum));
    assertThat(counts.get(Fate.PUBLISHED), greaterThan(SIZE * 4 / 5));
    assertThat(counts.get(Fate.DUPLICATE), greaterThan(SIZE / 30));
    assertThat(counts.get(Fate.LATE), greaterThan(SIZE / 150));
    assertThat(counts.get(Fate.REJECTED), greaterThan(SIZE / 75));
    assertThat(counts.get(Fate.OPEN), is(Script.PARTITIONS));
  }

  /** Behind all that came before it in its partition by no more than is allowed. */
  @Test
  void publishesOnlyWhatIsOnTime() {
    for (int partition = 0; partition < Script.PARTITIONS; partition++) {
      Instant latest = Instant.EPOCH;
      for (Message message : of(partition)) {
        if (message.fate() == Fate.PUBLISHED || message.fate() == Fate.OPEN) {
          Instant date = date(message);
          assertThat(Duration.between(date, latest), lessThanOrEqualTo(ALLOWED_LATENESS));
          latest = date.isAfter(latest) ? date : latest;
        }
      }
    }
  }

  /** Even where the last block of messages is not known yet. */
  @Test
  void hasOnlyThoseLateThatAreSoForCertain() {
    for (int partition = 0; partition < Script.PARTITIONS; partition++) {
      List<Instant> latest = new ArrayList<>(List.of(Instant.EPOCH));
      for (Message message : of(partition)) {
        Instant before = latest.get(latest.size() - 1);
        if (message.fate() == Fate.LATE) {
          Instant known = latest.get(latest.size() - 1 - BLOCK);
          assertThat(Duration.between(date(message), known), greaterThan(ALLOWED_LATENESS));
        }
        boolean ahead = message.fate() == Fate.PUBLISHED && date(message).isAfter(before);
        latest.add(ahead ? date(message) : before);
      }
    }
  }

  /** A copy has an original, and nothing else is there twice. */
  @Test
  void knowsEachDuplicate() {
    Set<String> originals = new HashSet<>();
    Set<String> copies = new HashSet<>();
    for (Message message : script) {
      switch (message.fate()) {
        case DUPLICATE -> copies.add(message.identity());
        case PUBLISHED, OPEN, LATE ->
            assertThat(message.identity(), originals.add(message.identity()));
        case REJECTED -> {}
      }
    }
    assertThat(originals.containsAll(copies), is(true));
  }

  @Test
  void endsWithALeapInEachPartition() {
    List<Message> last = script.subList(script.size() - Script.PARTITIONS, script.size());
    for (int partition = 0; partition < Script.PARTITIONS; partition++) {
      assertThat(last.get(partition).partition(), is(partition));
      assertThat(last.get(partition).fate(), is(Fate.OPEN));
    }
  }

  private static List<Message> of(int partition) {
    return script.stream().filter(message -> message.partition() == partition).toList();
  }

  private static Instant date(Message message) {
    return Instant.parse(message.identity().split(" ", 2)[0]);
  }
}
