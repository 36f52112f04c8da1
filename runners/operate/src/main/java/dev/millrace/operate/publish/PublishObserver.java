package dev.millrace.operate.publish;

import dev.millrace.operate.report.RunReport;
import java.nio.file.Path;
import java.util.List;

/** Is told how the publish of a run gets on, before and after the point of no return. */
public interface PublishObserver {
  /** Nobody who wants to know. */
  PublishObserver NONE = new PublishObserver() {};

  /** The audit is done, and nothing is published; what this throws keeps it so. */
  default void audited(RunReport report) {}

  /** All of it is published, to this output folder. */
  default void published(Path output, List<PublishedPartition> partitions) {}
}
