package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Tally;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts the raw records of blocks as read: the side of the balance that the others must add up to.
 * Any windows; the counts are at the end of the block's window, if each has one, and otherwise of
 * the global one. They are parts, a bundle's each, to be added up; without a record there are none.
 */
public final class TallyBlocks
    extends PTransform<PCollection<RawBlock>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;

  private static final String FILES = "files";

  /** Null where sources are not told apart. */
  private final SortedMap<String, Long> starts;

  private TallyBlocks(SortedMap<String, Long> starts) {
    this.starts = starts;
  }

  /** Counts all records of the blocks as read. */
  public static TallyBlocks asRead() {
    return new TallyBlocks(null);
  }

  /**
   * Tells apart where records came from, as the detail of their tallies: {@code files} for all
   * files, or {@code flights/0 from offset 17} for a partition of a topic. So many after that
   * offset, the partition was read to, unless its offsets have gaps: markers of transactions, or
   * what was compacted away.
   *
   * @param starts the first offset to be read of each partition, by the source of its records; 0
   *     for others
   */
  public TallyBlocks bySource(Map<String, Long> starts) {
    return new TallyBlocks(new TreeMap<>(starts));
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<RawBlock> blocks) {
    return blocks.apply("Count", new CountPerBundle<>(new CountBlocks(starts)));
  }

  private static final class CountBlocks extends DoFn<RawBlock, KV<Tally, Long>> {
    private static final long serialVersionUID = 1L;

    /** Null where sources are not told apart. */
    private final SortedMap<String, Long> starts;

    private transient PerWindow<Map<String, Long>> records;

    CountBlocks(SortedMap<String, Long> starts) {
      this.starts = starts;
    }

    @StartBundle
    public void start() {
      records = new PerWindow<>(TreeMap::new);
    }

    @ProcessElement
    public void process(@Element RawBlock block, BoundedWindow window) {
      records.in(window).merge(source(block), (long) block.size(), Long::sum);
    }

    private String source(RawBlock block) {
      if (starts == null) {
        return "";
      }
      return block.isOfMessages() ? block.source() : FILES;
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      records.forEach(
          (window, read) ->
              read.forEach((source, count) -> output(context, window, source, count)));
    }

    private void output(
        FinishBundleContext context, BoundedWindow window, String source, long count) {
      if (count > 0) {
        Tally tally = new Tally(Disposition.READ, detail(source), "", -1);
        CountPerBundle.output(context, window, tally, count);
      }
    }

    private String detail(String source) {
      boolean isPartition = !source.isEmpty() && !source.equals(FILES);
      return isPartition
          ? "%s from offset %d".formatted(source, starts.getOrDefault(source, 0L))
          : source;
    }
  }
}
