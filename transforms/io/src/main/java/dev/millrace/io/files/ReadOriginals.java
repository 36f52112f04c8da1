package dev.millrace.io.files;

import dev.millrace.io.files.FileSet.MatchedFile;
import dev.millrace.record.Rejected;
import dev.millrace.record.RejectedAt;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the original bytes of rejected records again from the plain files of lines that they came
 * from, so that not every record needs to carry them until it is known which are rejected. Made by
 * {@link ReadFiles#originals()}. Windows and timestamps stay what they are.
 *
 * <p>A reject costs an opened file and a read of 4 KB, or of its length. A file that is no more
 * what it was when the run was launched fails the run, as it does where it is first read.
 */
public final class ReadOriginals
    extends PTransform<PCollection<RejectedAt>, PCollection<Rejected>> {
  private static final long serialVersionUID = 1L;

  private final List<MatchedFile> files;
  private final ReadLimits limits;

  ReadOriginals(List<MatchedFile> files, ReadLimits limits) {
    this.files = List.copyOf(files);
    this.limits = limits;
  }

  @Override
  public PCollection<Rejected> expand(PCollection<RejectedAt> rejects) {
    return rejects
        .apply("ReadLine", ParDo.of(new ReadLine(files, limits)))
        .setCoder(Rejected.RejectedCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("files", files.size()));
  }
}
