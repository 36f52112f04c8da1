package dev.millrace.io.table;

import dev.millrace.io.Unwindow;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes {@code folder/manifest.ndjson}: every file that the sinks completed and every tally with
 * its count, summed, one JSON object a line, in the order of the lines. Windows don't matter.
 * Unbounded, it is written when the watermark has come to the end of time: so not at all by a run
 * that goes on for ever. Names and counts are gathered until then.
 *
 * <p>It is the last thing that a run writes: where it is, all that it lists is there. A run without
 * files and tallies has an empty manifest. {@link Manifest#read} reads it.
 */
public final class WriteManifest extends PTransform<ManifestEntries, PDone> {
  private static final long serialVersionUID = 1L;

  /** Makes the step that writes run where there is nothing to list. */
  private static final String NO_LINE = "";

  private final OutputFolder folder;

  private WriteManifest(OutputFolder folder) {
    this.folder = folder;
  }

  /** Writes the manifest of what is in this folder. */
  public static WriteManifest to(String folder) {
    return new WriteManifest(new OutputFolder(folder));
  }

  @Override
  public PDone expand(ManifestEntries entries) {
    IsBounded bounded = entries.isBounded();
    PCollection<String> files =
        flatten("Files", entries.files(), bounded, WrittenFile.WrittenFileCoder.of())
            .apply("FileLines", ParDo.of(new ToLines<>(ManifestLines::ofFile)))
            .setCoder(StringUtf8Coder.of());
    PCollection<String> tallies =
        flatten(
                "Tallies",
                entries.tallies(),
                bounded,
                KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()))
            .apply("SumTallies", Sum.longsPerKey())
            .apply("TallyLines", ParDo.of(new ToLines<>(ManifestLines::ofTally)))
            .setCoder(StringUtf8Coder.of());
    PCollection<String> start =
        entries.getPipeline().apply("Start", Create.of(NO_LINE).withCoder(StringUtf8Coder.of()));
    PCollectionList.of(List.of(Unwindow.all("UnwindowStart", start, bounded), files, tallies))
        .apply("Together", Flatten.pCollections())
        .apply("KeyByFolder", ParDo.of(new KeyByFolder(folder)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("Write", ParDo.of(new WriteLines(folder)));
    return PDone.in(entries.getPipeline());
  }

  private static <T> PCollection<T> flatten(
      String name, PCollectionList<T> collections, IsBounded bounded, Coder<T> coder) {
    PCollectionList<T> unwindowed = PCollectionList.empty(collections.getPipeline());
    for (int i = 0; i < collections.size(); i++) {
      unwindowed = unwindowed.and(Unwindow.all("Unwindow" + name + i, collections.get(i), bounded));
    }
    return unwindowed.apply(name, Flatten.pCollections()).setCoder(coder);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("folder", folder.folder()));
  }

  private static final class ToLines<T> extends DoFn<T, String> {
    private final SerializableFunction<T, String> line;

    private ToLines(SerializableFunction<T, String> line) {
      this.line = line;
    }

    @ProcessElement
    public void processElement(@Element T entry, OutputReceiver<String> out) {
      out.output(line.apply(entry));
    }
  }

  private static final class KeyByFolder extends DoFn<String, KV<String, String>> {
    private final OutputFolder folder;

    private KeyByFolder(OutputFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(@Element String line, OutputReceiver<KV<String, String>> out) {
      out.output(KV.of(folder.folder(), line));
    }
  }

  private static final class WriteLines extends DoFn<KV<String, Iterable<String>>, Void> {
    private final OutputFolder folder;

    private WriteLines(OutputFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(@Element KV<String, Iterable<String>> lines) throws IOException {
      NavigableSet<String> sorted = new TreeSet<>();
      lines.getValue().forEach(sorted::add);
      sorted.remove(NO_LINE);
      StringBuilder text = new StringBuilder();
      sorted.forEach(line -> text.append(line).append('\n'));
      byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
      folder.write(Manifest.FILE_NAME, out -> out.write(utf8));
    }
  }
}
