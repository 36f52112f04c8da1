package dev.millrace.benchmarks.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import dev.millrace.benchmarks.events.HourGroup;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopicUpdatesTest {
  private static final StreamResults.Aggregates SOME = new StreamResults.Aggregates(1, 2, 3);

  @Test
  void takesAnHourThatIsADayBeforeTheLatestForFinal() {
    assertThat(
        TopicUpdates.closed(Map.of(group(0), SOME, group(1), SOME, group(24), SOME)),
        is(Map.of(group(0), SOME)));
  }

  @Test
  void hasNoneOfNone() {
    assertThat(TopicUpdates.closed(Map.of()), anEmptyMap());
  }

  private static HourGroup group(int hour) {
    return new HourGroup(Duration.ofHours(hour).toMillis(), "search", "DE");
  }
}
