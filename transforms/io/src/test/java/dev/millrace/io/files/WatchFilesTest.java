package dev.millrace.io.files;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.FakeClock;
import dev.millrace.io.Gzip;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class WatchFilesTest {
  @TempDir Path folder;

  @Test
  void readsWhatIsThereAndEndsWhenItIsIdle(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("a.ndjson"), "1\n2\n");
    Files.write(folder.resolve("b.ndjson.gz"), Gzip.of("3\n4\n"));
    PCollection<RawBlock> blocks =
        pipeline.apply(
            WatchFiles.matching(List.of(folder + "/*"))
                .withPollInterval(Duration.ofMillis(10))
                .untilIdle(Duration.ofMillis(100)));
    assertThat(blocks.isBounded(), is(IsBounded.UNBOUNDED));
    assertElements(
        blocks.apply(FlatMapElements.into(TypeDescriptors.strings()).via(WatchFilesTest::records)),
        () -> containsInAnyOrder("1", "2", "3", "4"));
    pipeline.run();
  }

  @Test
  void readsTheFormatAndDialectThatItIsTold(TestPipeline pipeline) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "n\n'1\n2'\n3\n");
    PCollection<RawBlock> blocks =
        pipeline.apply(
            WatchFiles.matching(List.of(folder + "/*"))
                .withFormat(FileFormat.CSV)
                .withDialect(new CsvDialect(';', '\''))
                .withPollInterval(Duration.ofMillis(10))
                .untilIdle(Duration.ofMillis(100)));
    assertElements(
        blocks.apply(FlatMapElements.into(TypeDescriptors.strings()).via(WatchFilesTest::records)),
        () -> containsInAnyOrder("'1\n2'", "3"));
    pipeline.run();
  }

  private static List<String> records(RawBlock block) {
    return IntStream.range(0, block.size())
        .mapToObj(i -> new String(block.raw(i).payload(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void showsWhatIsConfigured() {
    WatchFiles watch =
        WatchFiles.matching(List.of(folder + "/*"))
            .withMaxLineBytes(7)
            .withFilesPerPoll(3)
            .withPollInterval(Duration.ofSeconds(2))
            .untilIdle(Duration.ofMinutes(1))
            .withEventTimes(block -> Instant.EPOCH)
            .withMaxOutOfOrderness(Duration.ofHours(1))
            .withClock(new FakeClock());
    List<String> items =
        DisplayData.from(watch).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList();
    assertThat(
        items,
        hasItems(
            "maxLineBytes=7",
            "filesPerPoll=3",
            "pollInterval=PT2S",
            "untilIdle=PT1M",
            "maxOutOfOrderness=PT1H"));
  }

  @Test
  void refusesWhatItCannotDo() {
    WatchFiles watch = WatchFiles.matching(List.of(folder + "/*"));
    refused("Missing required value: input", () -> WatchFiles.matching(List.of()));
    refused(
        "Invalid input: in/{date}.ndjson (expected no {date} where files are watched for)",
        () -> WatchFiles.matching(List.of("in/{date}.ndjson")));
    refused(
        "Cannot watch %s/none/*.gz: there is no folder %s/none/".formatted(folder, folder),
        () -> WatchFiles.matching(List.of(folder + "/none/*.gz")));
    refused("Invalid maxLineBytes: 0 (expected at least 1)", () -> watch.withMaxLineBytes(0));
    refused("Invalid filesPerPoll: 0 (expected at least 1)", () -> watch.withFilesPerPoll(0));
    refused(
        "Invalid pollInterval: PT0S (expected 1ms or more)",
        () -> watch.withPollInterval(Duration.ZERO));
    refused("Invalid untilIdle: PT0S (expected 1ms or more)", () -> watch.untilIdle(Duration.ZERO));
    refused(
        "Invalid maxOutOfOrderness: PT-1S (expected zero or more)",
        () -> watch.withMaxOutOfOrderness(Duration.ofSeconds(-1)));
  }

  private static void refused(String message, Executable call) {
    assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
  }
}
