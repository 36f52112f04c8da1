package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.io.kafka.StreamSource.EventTimes;
import java.time.Duration;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long NONE = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long NOW = 1_000_000;
  private static final EventTimes TIMES =
      new EventTimes(
          block -> BoundedWindow.TIMESTAMP_MIN_VALUE,
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMillis(3_000));

  private final Progress progress = new Progress(TIMES);

  @Test
  void isAsFarAsThePartitionThatIsTheLeast() {
    progress.add(0, 0, NOW);
    progress.add(1, 0, NOW);
    progress.took(0, 1, 5_000, NOW);
    assertThat("one has not begun", progress.watermark(), is(NONE));
    progress.took(1, 1, 3_000, NOW);
    assertThat(progress.watermark(), is(2_900L));
    progress.took(1, 2, 9_000, NOW);
    assertThat(progress.watermark(), is(4_900L));
  }

  @Test
  void neverGoesBack() {
    progress.add(0, 0, NOW);
    progress.took(0, 1, 5_000, NOW);
    progress.took(0, 2, 3_000, NOW);
    assertThat("an earlier time", progress.watermark(), is(4_900L));
    progress.took(0, 3, NONE, NOW);
    assertThat("no time", progress.watermark(), is(4_900L));
    progress.add(1, 0, NOW);
    progress.took(0, 4, 8_000, NOW);
    assertThat("a partition that has not begun", progress.watermark(), is(4_900L));
  }

  @Test
  void isNotPushedByATimeAheadOfTheClock() {
    progress.add(0, 0, NOW);
    progress.took(0, 1, NOW + 86_400_000, NOW);
    assertThat(progress.watermark(), is(NOW + 500 - 100));
  }

  @Test
  void isNeverTheEndByRecordsAlone() {
    progress.add(0, 0, NOW);
    progress.took(0, 1, Long.MAX_VALUE, Long.MAX_VALUE / 2);
    assertThat(progress.watermark(), is(GlobalWindow.INSTANCE.maxTimestamp().getMillis() - 1));
    assertThat(progress.isEnded(), is(false));
    progress.end();
    assertThat(progress.isEnded(), is(true));
    assertThat(progress.watermark(), is(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis()));
  }

  @Test
  void isPassedOnByAPartitionThatIsCompleteBeforeItsFirstMessage() {
    progress.add(0, 0, NOW);
    progress.complete(0, NOW);
    assertThat(progress.watermark(), is(NOW - 100));
  }

  @Test
  void knowsWhichPartitionsAreQuiet() {
    progress.add(0, 0, NOW);
    progress.add(1, 0, NOW);
    progress.took(1, 1, NONE, NOW + 10);
    assertThat(progress.quietFor(20, NOW + 19), empty());
    assertThat(progress.quietFor(20, NOW + 20), contains(0));
    assertThat(progress.quietFor(20, NOW + 30), contains(0, 1));
  }

  @Test
  void goesOnFromItsMark() throws Exception {
    progress.add(0, 7, NOW);
    progress.add(3, 8, NOW);
    progress.took(0, 9, 5_000, NOW + 1);
    progress.complete(3, 4_000);
    StreamMark mark =
        CoderUtils.clone(
            StreamMark.MarkCoder.of(),
            new StreamMark(progress.marks(), progress.watermark(), null));
    Progress next = new Progress(TIMES);
    next.restore(mark);

    assertThat(next.offsets(), is(Map.of(0, 9L, 3, 8L)));
    assertThat(next.watermark(), is(3_900L));
    assertThat(next.marks(), is(progress.marks()));
    assertThat(next.quietFor(1, NOW + 1), contains(3));
    StreamMark again = new StreamMark(next.marks(), next.watermark(), null);
    assertThat(again, is(mark));
    assertThat(again.hashCode(), is(mark.hashCode()));
  }
}
