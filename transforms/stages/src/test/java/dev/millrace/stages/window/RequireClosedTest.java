package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.timed;
import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.stages.Flights;
import dev.millrace.testing.PipelineExtension;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class RequireClosedTest {

  @Test
  void passesASessionOnThatEndsWithWhatIsKnown(TestPipeline pipeline) {
    PCollection<Record> closed = sessions(pipeline).apply(RequireClosed.by(at("07:50:00"), "more"));
    assertElements(closed, () -> contains(hasValue("count", 2L)));
    pipeline.run();
  }

  @Test
  void failsAtASessionThatMayGoOn(TestPipeline pipeline) {
    sessions(pipeline).apply(RequireClosed.by(at("07:49:59"), "a longer --lookAhead"));
    RuntimeException failure = assertThrows(RuntimeException.class, pipeline::run);
    assertThat(
        failure.getMessage(),
        endsWith(
            "Cannot close the window of 2001-01-15T07:00:00.000Z: it may go on after 2001-01-15T07:49:59.000Z, and what comes from then on is not read (expected a longer --lookAhead)"));
  }

  private static PCollection<Record> sessions(TestPipeline pipeline) {
    return pipeline
        .apply(
            Create.timestamped(timed(flight("07:00:00", 1, 5)), timed(flight("07:20:00", 2, 6)))
                .withCoder(RecordCoder.of(Flights.SCHEMA)))
        .apply(Windows.parse("session 30m"))
        .apply(Aggregate.by(List.of()));
  }
}
