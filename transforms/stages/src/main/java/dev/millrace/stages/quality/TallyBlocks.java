package dev.millrace.stages.quality;

import dev.millrace.record.Disposition;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Tally;
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

  private TallyBlocks() {}

  /** Counts all records of the blocks as read. */
  public static TallyBlocks asRead() {
    return new TallyBlocks();
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<RawBlock> blocks) {
    return blocks.apply("Count", new CountPerBundle<>(new CountBlocks()));
  }

  private static final class CountBlocks extends DoFn<RawBlock, KV<Tally, Long>> {
    private static final long serialVersionUID = 1L;

    private transient PerWindow<long[]> records;

    @StartBundle
    public void start() {
      records = new PerWindow<>(() -> new long[1]);
    }

    @ProcessElement
    public void process(@Element RawBlock block, BoundedWindow window) {
      records.in(window)[0] += block.size();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      records.forEach(
          (window, read) -> {
            if (read[0] > 0) {
              Tally tally = Tally.of(Disposition.READ);
              CountPerBundle.output(context, window, tally, read[0]);
            }
          });
    }
  }
}
