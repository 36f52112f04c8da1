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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on is a watched folder here: another source of blocks than files that are there. */
class SpliceReaderTest {
  private static final long ONE_SECOND = 1_000;
  private static final long FROM = 8_000;

  @TempDir Path folder;

  private final FakeClock clock = new FakeClock();
  private Path history;
  private Path live;

  @BeforeEach
  void makeFolders() throws IOException {
    history = Files.createDirectory(folder.resolve("history"));
    live = Files.createDirectory(folder.resolve("live"));
  }

  @Test
  void readsTheFilesByTheirNamesAndThenWhatGoesOn() throws IOException {
    write(history, "b.ndjson", "20");
    write(history, "a.ndjson", "30");
    write(live, "a.ndjson", "10");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(texts(reader), contains("30", "20", "10"));
    write(live, "b.ndjson", "5");
    clock.advance(ONE_SECOND);
    assertThat(rest(reader), contains("5"));
  }

  @Test
  void readsTheFilesOfTheLaunch() throws IOException {
    write(history, "a.ndjson", "10");
    SpliceSource<WatchMark> source = source();
    write(history, "b.ndjson", "20");
    assertThat(texts(reader(source, null)), contains("10"));
  }

  @Test
  void isOneReader() throws IOException {
    write(history, "a.ndjson", "10");
    SpliceSource<WatchMark> source = source();
    assertThat(source.split(8, PipelineOptionsFactory.create()), contains(source));
  }

  @Test
  void hasTheWatermarkOfTheFilesAndThenThatOfWhatGoesOn() throws IOException {
    write(history, "a.ndjson", "5000");
    write(history, "b.ndjson", "x");
    write(live, "a.ndjson", "4000");
    write(live, "b.ndjson", "9000");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
    assertThat(reader.start(), is(true));
    assertThat(reader.getCurrentTimestamp(), is(BoundedWindow.TIMESTAMP_MIN_VALUE));
    assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(4_900)));
    for (int block = 0; block < 3; block++) {
      assertThat(reader.advance(), is(true));
      assertThat(reader.getCurrentTimestamp(), is(Instant.ofEpochMilli(4_900)));
    }
    assertThat("no longer held back", reader.getWatermark(), is(Instant.ofEpochMilli(8_900)));
  }

  @Test
  void passesNotOnTheFilesAloneWhereWhatGoesOnBegins() throws IOException {
    write(history, "a.ndjson", "99000");
    write(live, "a.ndjson", "8000");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(texts(reader), contains("99000", "8000"));
    assertThat(reader.getWatermark(), is(Instant.ofEpochMilli(FROM - 100)));
  }

  @Test
  void showsItsWatermark() throws IOException {
    write(history, "a.ndjson", "5000");
    ShownMetrics shown = new ShownMetrics();
    shown.keep(() -> assertThat(texts(reader(source(), null)), contains("5000")));
    assertThat(shown.value("watermark.millis"), is(4_900L));
  }

  @Test
  void waitsForWhatGoesOnOnlyOnceTheFilesAreRead() throws IOException {
    write(history, "a.ndjson", "1000");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(reader.start(), is(true));
    clock.advance(9 * ONE_SECOND);
    assertThat(reader.advance(), is(false));
    assertThat("the clock starts here", reader.getWatermark(), is(Instant.ofEpochMilli(900)));
    clock.advance(3 * ONE_SECOND);
    assertThat(reader.advance(), is(false));
    assertThat(reader.getWatermark(), is(BoundedWindow.TIMESTAMP_MAX_VALUE));
  }

  @Test
  void goesOnFromAnyCheckpointWithoutLosingOrRepeatingABlock() throws IOException {
    write(history, "a.ndjson", longLines(3));
    write(history, "b.ndjson", longLines(2));
    write(live, "a.ndjson", longLines(2));
    write(live, "b.ndjson", "10");
    SpliceSource<WatchMark> source = source();
    List<String> whole = texts(reader(source, null));
    assertThat("several blocks of each", whole.size() > 7);
    for (int stop = 0; stop <= whole.size(); stop++) {
      UnboundedReader<RawBlock> first = reader(source, null);
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < stop; i++) {
        assertThat(i == 0 ? first.start() : first.advance(), is(true));
        seen.add(text(first.getCurrent()));
      }
      SpliceMark<WatchMark> mark = mark(source, first);
      first.close();
      clock.advance(ONE_SECOND);
      UnboundedReader<RawBlock> second = reader(source, mark);
      assertThat("before it starts", second.getCheckpointMark(), is(mark));
      assertThat(second.getWatermark(), is(first.getWatermark()));
      seen.addAll(texts(second));
      assertThat("stopped after " + stop, seen, is(whole));
    }
  }

  /** As a checkpoint has it, which can be told apart from no other. */
  private static SpliceMark<WatchMark> mark(
      SpliceSource<WatchMark> source, UnboundedReader<RawBlock> reader) throws IOException {
    @SuppressWarnings("unchecked")
    SpliceMark<WatchMark> mark = (SpliceMark<WatchMark>) reader.getCheckpointMark();
    SpliceMark<WatchMark> decoded = CoderUtils.clone(source.getCheckpointMarkCoder(), mark);
    assertThat(decoded, is(mark));
    decoded.finalizeCheckpoint();
    return decoded;
  }

  @Test
  void saysHowMuchWaits() throws IOException {
    write(history, "a.ndjson", "10");
    write(history, "b.ndjson", "200");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(reader.getSplitBacklogBytes(), is(5L));
    texts(reader);
    assertThat(reader.getSplitBacklogBytes(), is(UnboundedReader.BACKLOG_UNKNOWN));
  }

  @Test
  void failsWhereAFileChangesBeforeItIsRead() throws IOException {
    write(history, "a.ndjson", "10");
    write(history, "b.ndjson", "20");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(reader.start(), is(true));
    write(history, "b.ndjson", "20 more");
    IOException e = assertThrows(IOException.class, reader::advance);
    assertThat(
        e.getMessage(),
        is(
            "Cannot read %s/b.ndjson: it changed while it was read, from 2 to 7 bytes"
                .formatted(history)));
  }

  @Test
  void failsWhereAFileVanishes() throws IOException {
    write(history, "a.ndjson", "10");
    write(history, "b.ndjson", "20");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    assertThat(reader.start(), is(true));
    Files.delete(history.resolve("b.ndjson"));
    IOException e = assertThrows(IOException.class, reader::advance);
    assertThat(
        e.getMessage(),
        is("Cannot read %s/b.ndjson: it was removed while it was read".formatted(history)));
  }

  @Test
  void hasNoBlockWhereThereIsNone() throws IOException {
    write(history, "a.ndjson", "10");
    UnboundedReader<RawBlock> reader = reader(source(), null);
    texts(reader);
    assertThat(
        assertThrows(NoSuchElementException.class, reader::getCurrent).getMessage(),
        is("Cannot read a block: there is none now"));
    assertThat(
        assertThrows(NoSuchElementException.class, reader::getCurrentTimestamp).getMessage(),
        is("Cannot read a timestamp: there is no block now"));
    assertThat(rest(reader), empty());
  }

  @Test
  void refusesANegativeOutOfOrderness() throws IOException {
    write(history, "a.ndjson", "10");
    ReadFiles files = ReadFiles.of(FileSet.match(List.of(history + "/*")));
    SpliceFiles splice = SpliceFiles.of(files, null, java.time.Instant.EPOCH);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> splice.withMaxOutOfOrderness(Duration.ofMillis(-1)));
    assertThat(e.getMessage(), is("Invalid maxOutOfOrderness: PT-0.001S (expected zero or more)"));
  }

  @Test
  void namesItsParts() throws IOException {
    write(history, "a.ndjson", "10");
    assertThat(source().toString(), startsWith(history + "/a.ndjson from byte 0, then files of "));
  }

  private SpliceSource<WatchMark> source() {
    WatchSource.EventTimes times =
        new WatchSource.EventTimes(SpliceReaderTest::time, Duration.ofMillis(100));
    WatchSource.Config config =
        new WatchSource.Config(
            List.of(live + "/*"),
            new WatchSource.Content(null, CsvDialect.RFC_4180, ReadLimits.DEFAULT),
            new WatchSource.Pace(Duration.ofSeconds(1), 9, Duration.ofSeconds(3), clock),
            times);
    ReadFiles files = ReadFiles.of(FileSet.match(List.of(history + "/*")));
    return new SpliceSource<>(
        files.source(), times, Instant.ofEpochMilli(FROM), new WatchSource(config));
  }

  private static UnboundedReader<RawBlock> reader(
      SpliceSource<WatchMark> source, SpliceMark<WatchMark> mark) throws IOException {
    return source.createReader(PipelineOptionsFactory.create(), mark);
  }

  /** The first line of a block, as milliseconds; no time if it is none. */
  private static Instant time(RawBlock block) {
    String text = text(block);
    return text.startsWith("x")
        ? BoundedWindow.TIMESTAMP_MIN_VALUE
        : Instant.ofEpochMilli(Long.parseLong(text.lines().findFirst().orElseThrow().strip()));
  }

  /** All that can be read now, from the start. */
  private static List<String> texts(UnboundedReader<RawBlock> reader) throws IOException {
    List<String> texts = new ArrayList<>();
    if (reader.start()) {
      texts.add(text(reader.getCurrent()));
      texts.addAll(rest(reader));
    }
    return texts;
  }

  private static List<String> rest(UnboundedReader<RawBlock> reader) throws IOException {
    List<String> texts = new ArrayList<>();
    while (reader.advance()) {
      texts.add(text(reader.getCurrent()));
    }
    return texts;
  }

  private static String text(RawBlock block) {
    return new String(
        Arrays.copyOfRange(block.array(), block.start(0), block.end(block.size() - 1)),
        StandardCharsets.UTF_8);
  }

  private static String longLines(int count) {
    return ("1" + " ".repeat(60_000) + "\n").repeat(3 * count);
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(100_000L + name.charAt(0)));
  }
}
