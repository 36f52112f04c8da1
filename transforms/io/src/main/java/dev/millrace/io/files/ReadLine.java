package dev.millrace.io.files;

import dev.millrace.io.files.FileSet.MatchedFile;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Rejected;
import dev.millrace.record.RejectedAt;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;

/** Reads the line that a reject was made of. */
final class ReadLine extends DoFn<RejectedAt, Rejected> {
  private static final long serialVersionUID = 1L;

  private final List<MatchedFile> files;
  private final ReadLimits limits;
  private transient Map<String, MatchedFile> byPath;

  ReadLine(List<MatchedFile> files, ReadLimits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Setup
  public void setUp() {
    byPath = new HashMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
  }

  @ProcessElement
  public void process(@Element RejectedAt rejected, OutputReceiver<Rejected> output)
      throws IOException {
    output.output(rejected.with(line(rejected).raw(0)));
  }

  /** A block that starts with the line. */
  private RawBlock line(RejectedAt rejected) throws IOException {
    MatchedFile file = byPath.get(rejected.source());
    if (file == null) {
      throw new IllegalArgumentException(
          "Cannot read %s again: it is none of the %s files of this run"
              .formatted(rejected.source(), files.size()));
    }
    try (RangeReader reader = RangeReader.openLine(file, rejected.offset(), limits)) {
      RawBlock block = reader.next();
      if (block == null || block.offset(0) != rejected.offset()) {
        throw new IOException(
            "Cannot read %s again: no record starts at byte %s"
                .formatted(file.path(), rejected.offset()));
      }
      reader.next(); // the end, where the file is checked
      return block;
    }
  }
}
