package dev.millrace.operate.run;

import dev.millrace.io.blocks.ReadProgress;
import dev.millrace.launch.RunPreview;
import dev.millrace.ledger.RunProgress;
import dev.millrace.pipelines.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How much of its files a run has read in this process, from when it started: of one that runs at
 * the same time here it can't be told apart, and what a cluster reads is not known.
 *
 * @param before what this process had read before, in bytes
 * @param total what there is to read; 0 if that isn't known
 */
record InputProgress(long before, long total) {

  static InputProgress of(RunPreview preview) {
    return new InputProgress(
        ReadProgress.bytes(), total(preview.input().map(Preview::files).orElse(List.of())));
  }

  /** A file that is gone by now is for the run to complain of. */
  private static long total(List<String> files) {
    long total = 0;
    try {
      for (String file : files) {
        total += Files.size(Path.of(file));
      }
      return total;
    } catch (IOException e) {
      return 0;
    }
  }

  Optional<RunProgress> now() {
    return total == 0
        ? Optional.empty()
        : Optional.of(new RunProgress(ReadProgress.bytes() - before, total));
  }
}
