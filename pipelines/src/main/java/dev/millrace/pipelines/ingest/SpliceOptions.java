package dev.millrace.pipelines.ingest;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options of {@link Ingest} that say to read a history of files first, then a topic. */
public interface SpliceOptions extends PipelineOptions {

  @Description(
      "With --streaming and --then, in place of --input or --topic: files to read first, paths or"
          + " globs, separated by commas, in the order of their names; those that are there at"
          + " launch. What they hold is what their names say.")
  List<String> getBootstrapFrom();

  void setBootstrapFrom(List<String> files);

  @Description(
      "With --bootstrapFrom: topic to go on with, and from which instant of publishing, as"
          + " TOPIC@INSTANT, such as flights@2001-01-15T06:00:00Z. Choose it so early that what"
          + " the files lack was published later: what is in both is counted as duplicate.")
  String getThen();

  void setThen(String topic);
}
