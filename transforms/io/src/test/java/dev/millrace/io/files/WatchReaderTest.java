package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.FakeClock;
import dev.millrace.io.ShownMetrics;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchReaderTest {
  private static final long ONE_SECOND = 1_000;

  @TempDir Path folder;

  private final FakeClock clock = new FakeClock();

  @Test
  void takesFilesInTheOrderOfTheirArrival() throws IOException {
    write("b.ndjson", 1, "10");
    write("a.ndjson", 2, "20");
    write("c.ndjson", 2, "30");
    assertThat(texts(reader(watch(), null)), contains("10", "20", "30"));
  }

  @Test
  void findsWhatComesLaterWhenItIsTimeToLook() throws IOException {
    WatchReader reader = reader(watch(), null);
    assertThat(texts(reader), empty());
    write("a.ndjson", 1, "10");
    assertThat("not yet", reader.advance(), is(false));
    clock.advance(ONE_SECOND);
    assertThat(texts(reader), contains("10"));
  }

  @Test
  void showsItsWatermark() throws IOException {
    write("a.ndjson", 1, "5000");
    ShownMetrics shown = new ShownMetrics();
    shown.keep(() -> assertThat(texts(reader(watch(), null)), contains("5000")));
    assertThat(shown.value("watermark.millis"), is(4_900L));
  }

  @Test
  void passesOverWhatIsBeingWritten() throws IOException {
    write(".a.ndjson", 1, "10");
    assertThat(texts(reader(watch(), null)), empty());
  }

  @Test
  void takesSoManyFilesAtOnce() throws IOException {
    write("a.ndjson", 1, "10");
    write("b.ndjson", 2, "20");
    WatchReader reader = reader(watch(1, null), null);
    assertThat(texts(reader), contains("10"));
    clock.advance(ONE_SECOND);
    assertThat(texts(reader), contains("20"));
  }

  @Test
  void hasAWatermarkBehindTheLatestEventTimeThatNeverGoesBack() throws IOException {
    write("a.ndjson", 1, "5000");
    write("b.ndjson", 2, "3000");
    write("c.ndjson", 3, "x");
    WatchReader reader = reader(watch(), null);
    assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
    assertThat(reader.start(), is(true));
    assertThat(reader.getCurrentTimestamp(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
    assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(4_900)));
    for (int file = 0; file < 2; file++) {
      assertThat(reader.advance(), is(true));
      assertThat(reader.getCurrentTimestamp(), is(Instant.ofEpochMilli(4_900)));
      assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(4_900)));
    }
  }

  @Test
  void endsWhenNothingCameForSoLong() throws IOException {
    write("a.ndjson", 1, "10");
    WatchReader reader = reader(watch(9, Duration.ofSeconds(3)), null);
    assertThat(texts(reader), contains("10"));
    clock.advance(2 * ONE_SECOND);
    assertThat(texts(reader), empty());
    write("b.ndjson", 1, "20");
    clock.advance(2 * ONE_SECOND);
    assertThat(texts(reader), contains("20"));
    clock.advance(3 * ONE_SECOND);
    assertThat(texts(reader), empty());
    assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MAX_VALUE));
    write("c.ndjson", 1, "30");
    clock.advance(ONE_SECOND);
    assertThat("after the end", reader.advance(), is(false));
  }

  @Test
  void goesOnFromAnyCheckpointWithoutLosingOrRepeatingABlock() throws IOException {
    write("a.ndjson", 1, longLines(3));
    write("b.ndjson", 2, longLines(2));
    List<String> whole = texts(reader(watch(), null));
    assertThat("several blocks", whole.size() > 3);
    for (int stop = 0; stop <= whole.size(); stop++) {
      WatchReader first = reader(watch(), null);
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < stop; i++) {
        assertThat(i == 0 ? first.start() : first.advance(), is(true));
        seen.add(text(first.getCurrent()));
      }
      WatchMark mark = CoderUtils.clone(WatchMark.MarkCoder.of(), first.getCheckpointMark());
      assertThat(mark, is(first.getCheckpointMark()));
      mark.finalizeCheckpoint();
      first.close();
      clock.advance(ONE_SECOND);
      seen.addAll(texts(reader(watch(), mark)));
      assertThat("stopped after " + stop, seen, is(whole));
    }
  }

  @Test
  void failsWhereAFileChangesAfterItWasRead() throws IOException {
    write("a.ndjson", 1, "10");
    WatchReader reader = reader(watch(), null);
    texts(reader);
    write("a.ndjson", 2, "10 more");
    clock.advance(ONE_SECOND);
    IOException e = assertThrows(IOException.class, reader::advance);
    assertThat(
        e.getMessage(),
        is(
            "Cannot read %s/a.ndjson: it changed after it was found (expected files that are complete when they appear: write them under a name that starts with a dot, then rename)"
                .formatted(folder)));
  }

  @Test
  void failsWhereTheFileOfACheckpointIsGone() throws IOException {
    Path file = write("a.ndjson", 1, "10");
    WatchReader first = reader(watch(), null);
    first.start();
    WatchMark mark = first.getCheckpointMark();
    first.close();
    Files.delete(file);
    IOException e = assertThrows(IOException.class, () -> reader(watch(), mark).start());
    assertThat(e.getMessage(), is("Cannot read %s: it is gone".formatted(file)));
  }

  @Test
  void readsAFileAgainThatWasMovedAwayAndComesBack() throws IOException {
    Path file = write("a.ndjson", 1, "10");
    WatchReader reader = reader(watch(), null);
    texts(reader);
    Files.delete(file);
    clock.advance(ONE_SECOND);
    assertThat(texts(reader), empty());
    assertThat(reader.getCheckpointMark().taken(), empty());
    write("a.ndjson", 9, "20");
    clock.advance(ONE_SECOND);
    assertThat(texts(reader), contains("20"));
  }

  @Test
  void hasNoBlockBeforeItIsStarted() {
    WatchReader reader = reader(watch(), null);
    NoSuchElementException block = assertThrows(NoSuchElementException.class, reader::getCurrent);
    assertThat(block.getMessage(), startsWith("Cannot read a block: there is none now"));
    NoSuchElementException time =
        assertThrows(NoSuchElementException.class, reader::getCurrentTimestamp);
    assertThat(time.getMessage(), is("Cannot read a timestamp: there is no block now"));
  }

  @Test
  void isOneSourceHoweverManyAreWanted() {
    assertThat(watch().split(8, PipelineOptionsFactory.create()).size(), is(1));
    assertThat(watch().toString(), is("files of " + folder + "/*.ndjson"));
  }

  private static String longLines(int blocks) {
    return ("7".repeat(60_000) + "\n").repeat(3 * blocks);
  }

  private WatchSource watch() {
    return watch(Integer.MAX_VALUE, null);
  }

  private WatchSource watch(int filesPerPoll, Duration untilIdle) {
    return new WatchSource(
        new WatchSource.Config(
            List.of(folder + "/*.ndjson"),
            new WatchSource.Content(null, CsvDialect.RFC_4180, ReadLimits.DEFAULT),
            new WatchSource.Pace(Duration.ofSeconds(1), filesPerPoll, untilIdle, clock),
            new WatchSource.EventTimes(WatchReaderTest::time, Duration.ofMillis(100))));
  }

  private static WatchReader reader(WatchSource source, WatchMark mark) {
    return (WatchReader) source.createReader(PipelineOptionsFactory.create(), mark);
  }

  private static Instant time(RawBlock block) {
    String text = text(block);
    return text.matches("\\d{1,9}")
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : BoundedWindow.TIMESTAMP_MIN_VALUE;
  }

  private static String text(RawBlock block) {
    return new String(block.array(), StandardCharsets.UTF_8);
  }

  /** All that can be read now. */
  private static List<String> texts(WatchReader reader) throws IOException {
    List<String> texts = new ArrayList<>();
    for (boolean more = reader.start(); more; more = reader.advance()) {
      texts.add(text(reader.getCurrent()));
    }
    return texts;
  }

  /** A file that came so many seconds after 1970; it appears complete. */
  private Path write(String name, long second, String text) throws IOException {
    Path hidden = folder.resolve("." + name + ".tmp");
    Files.writeString(hidden, text);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_000 * second));
    return Files.move(hidden, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
