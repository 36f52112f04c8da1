package dev.millrace.flink;

import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.PipelineDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;

/**
 * Groups numbers into ten buckets and writes a file for each, with its size: a pipeline with a
 * shuffle. The bucket 10, if numbers reach so far, breaks it.
 */
public final class CountBuckets implements PipelineDefinition<CountBuckets.Options> {

  /** How many numbers, and where to. */
  public interface Options extends PipelineOptions {
    @Default.Long(1000)
    Long getNumbers();

    void setNumbers(Long numbers);

    @Default.Long(10)
    Long getBuckets();

    void setBuckets(Long buckets);

    String getOutput();

    void setOutput(String output);

    String getStaging();

    void setStaging(String staging);

    String getQuarantine();

    void setQuarantine(String quarantine);

    String getRunId();

    void setRunId(String runId);
  }

  @Override
  public String name() {
    return "count-buckets";
  }

  @Override
  public String summary() {
    return "Counts numbers by bucket";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public CheckedContract build(Pipeline pipeline, Options options) {
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(options.getNumbers()))
        .apply("Bucket", MapElements.via(new Bucket(options.getBuckets())))
        .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
        .apply("Group", GroupByKey.create())
        .apply("Write", ParDo.of(new Write(options.getStaging())));
    return CheckedContract.none();
  }

  private static final class Bucket extends SimpleFunction<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;
    private final long buckets;

    Bucket(long buckets) {
      this.buckets = buckets;
    }

    @Override
    public KV<Long, Long> apply(Long number) {
      return KV.of(number % buckets, number);
    }
  }

  private static final class Write extends DoFn<KV<Long, Iterable<Long>>, Void> {
    private static final long serialVersionUID = 1L;
    private final String folder;

    Write(String folder) {
      this.folder = folder;
    }

    @FinishBundle
    public void count() {
      Metrics.counter("buckets", "buckets_written").inc();
    }

    @ProcessElement
    public void write(@Element KV<Long, Iterable<Long>> bucket) throws IOException {
      if (bucket.getKey() == 10) {
        throw new IOException("Cannot write bucket 10: it has no bottom");
      }
      long size = 0;
      for (var unused : bucket.getValue()) {
        size++;
      }
      Files.writeString(Path.of(folder, "bucket-" + bucket.getKey()), Long.toString(size));
    }
  }
}
