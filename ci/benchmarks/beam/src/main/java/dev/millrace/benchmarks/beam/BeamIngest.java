package dev.millrace.benchmarks.beam;

import dev.millrace.benchmarks.run.Repetitions;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The events' job. */
public final class BeamIngest {
  private BeamIngest() {}

  /** Runs the job as often as the arguments say. */
  public static void main(String[] args) throws Exception {
    Job job =
        new Job(
            EventRules.EVENT,
            EventRules::isGood,
            Distinct.<Row, String>withRepresentativeValueFn(event -> event.getString("id"))
                .withRepresentativeType(TypeDescriptors.strings()),
            "event_time",
            new HourlySales(),
            HourlySales.HOUR);
    Repetitions.measure(job::run, args);
    System.exit(0); // Flink's threads would keep the process for a while
  }
}
