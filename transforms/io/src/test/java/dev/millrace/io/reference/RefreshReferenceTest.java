package dev.millrace.io.reference;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.ReferenceVersion;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class RefreshReferenceTest {
  private static final org.joda.time.Duration MINUTE = org.joda.time.Duration.standardMinutes(1);

  private static final String NO_CHANGE = "-";

  @TempDir Path folder;

  @Test
  void readsTheFileAgainWhenItChangesUntilTheInputEnds(TestPipeline pipeline) throws IOException {
    PCollection<ReferenceVersion> versions =
        refreshed(pipeline, later(later(stream()).addElements("LAX,JFK")).addElements("SFO"), 60);

    assertThat(versions.isBounded(), is(IsBounded.UNBOUNDED));
    assertElements(
        versions,
        () ->
            containsInAnyOrder(
                new ReferenceVersion(1, List.of("LAX")),
                new ReferenceVersion(2, List.of("LAX", "JFK"))));
    pipeline.run();
  }

  @Test
  void failsTheRunWhenTheFileIsBrokenForTooLong(TestPipeline pipeline) throws IOException {
    refreshed(pipeline, later(later(stream()).addElements("")), 2);

    PipelineExecutionException e = assertThrows(PipelineExecutionException.class, pipeline::run);
    assertThat(
        e.getCause().getMessage(),
        is(
            "Cannot read reference: %s: it has no value in column iata (at each of the last 2 looks)"
                .formatted(file())));
  }

  @Test
  void readsTheFileOnceForAnInputThatEnds(TestPipeline pipeline) throws IOException {
    write(file(), "LAX");
    PCollection<ReferenceVersion> versions =
        pipeline
            .apply("Input", Create.of("a", "b"))
            .apply(ReadReference.from(file() + "#iata").refreshing(Duration.ofDays(1)));

    assertElements(versions, () -> contains(new ReferenceVersion(1, List.of("LAX"))));
    pipeline.run();
  }

  @Test
  void showsWhatIsConfigured() throws IOException {
    write(file(), "LAX");
    RefreshReference refresh =
        ReadReference.from(file() + "#iata").refreshing(Duration.ofMinutes(5)).withMaxFailures(7);

    assertThat(
        DisplayData.from(refresh).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .toList(),
        hasItems("from=" + file() + "#iata", "interval=PT5M", "maxFailures=7"));
  }

  @Test
  void refusesWhatItCannotDo() throws IOException {
    write(file(), "LAX");
    ReadReference read = ReadReference.from(file() + "#iata");
    RefreshReference refresh = read.refreshing(Duration.ofMinutes(1));

    refused("Invalid interval: PT0S (expected 1ms or more)", () -> read.refreshing(Duration.ZERO));
    refused("Invalid maxFailures: 0 (expected at least 1)", () -> refresh.withMaxFailures(0));
  }

  private static void refused(String message, Executable call) {
    assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
  }

  private static TestStream.Builder<String> stream() {
    return TestStream.create(StringUtf8Coder.of());
  }

  /**
   * Some minutes later, with a look at most of them: the runner goes on with the events while it
   * fires timers.
   */
  private static TestStream.Builder<String> later(TestStream.Builder<String> stream) {
    TestStream.Builder<String> later = stream;
    for (int minute = 0; minute < 10; minute++) {
      later = later.advanceProcessingTime(MINUTE).addElements(NO_CHANGE);
    }
    return later;
  }

  /** A reference that holds LAX at first, and then what the events of an input say. */
  private PCollection<ReferenceVersion> refreshed(
      TestPipeline pipeline, TestStream.Builder<String> events, int maxFailures)
      throws IOException {
    write(file(), "LAX");
    return pipeline
        .apply(events.advanceWatermarkToInfinity())
        .apply("Change", MapElements.via(new Change(file().toString())))
        .apply(
            ReadReference.from(file() + "#iata")
                .refreshing(Duration.ofMinutes(1))
                .withMaxFailures(maxFailures));
  }

  private Path file() {
    return folder.resolve("airports.csv");
  }

  private static void write(Path file, String codes) throws IOException {
    Files.writeString(file, "iata\n" + codes.replace(',', '\n') + "\n");
  }

  /** Changes the file while the pipeline runs. */
  private static final class Change extends SimpleFunction<String, String> {
    private static final long serialVersionUID = 1L;

    private final String file;

    Change(String file) {
      this.file = file;
    }

    @Override
    public String apply(String codes) {
      try {
        if (!codes.equals(NO_CHANGE)) {
          write(Path.of(file), codes);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return codes;
    }
  }
}
