package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.util.VarInt;
import org.joda.time.Instant;

/**
 * Packed records with the timestamps of their elements, which need not be their event times: where
 * they say when a record was read, what is late and which commit has it follows from them.
 *
 * <p>Timestamps are kept as runs: records of one time of reading come together, and elements that
 * have their event times need no other.
 *
 * @param records the records, in the order in which they came
 * @param runs their timestamps, in the same order
 */
record StampedBlock(RecordBlock records, List<Run> runs) {

  /**
   * Records that follow each other.
   *
   * @param length how many
   * @param millis the timestamp of their elements, or {@link #EVENT_TIMES} of their own
   */
  record Run(int length, long millis) {
    /** Before all timestamps of Beam. */
    static final long EVENT_TIMES = Long.MIN_VALUE;

    private Instant timestampOf(Record record) {
      return millis == EVENT_TIMES ? record.eventTime() : Instant.ofEpochMilli(millis);
    }
  }

  /** Keeps an immutable copy. */
  StampedBlock {
    runs = List.copyOf(runs);
  }

  /** Takes a record and the timestamp that it came with. */
  interface Consumer {
    void accept(Record record, Instant timestamp);
  }

  /** Gives every record to a consumer, in order; see {@link RecordBlock#forEach}. */
  void forEach(RecordSchema schema, Consumer consumer) {
    Cursor cursor = new Cursor();
    records.forEach(schema, record -> consumer.accept(record, cursor.next().timestampOf(record)));
  }

  /** Goes through the runs, record by record. */
  private final class Cursor {
    private int run;
    private int passed;

    Run next() {
      while (passed == runs.get(run).length()) {
        run++;
        passed = 0;
      }
      passed++;
      return runs.get(run);
    }
  }

  /** The timestamps of a block that is being packed. */
  static final class Stamps {
    private final List<Run> finished = new ArrayList<>();
    private int length;
    private long millis;

    void add(Record record, long timestampMillis) {
      boolean own = timestampMillis == record.eventTimeMillis();
      boolean goesOn = timestampMillis == millis || (own && millis == Run.EVENT_TIMES);
      if (length > 0 && !goesOn) {
        finish();
      }
      if (length == 0) {
        millis = own ? Run.EVENT_TIMES : timestampMillis;
      }
      length++;
    }

    private void finish() {
      finished.add(new Run(length, millis));
      length = 0;
    }

    /** The timestamps that were added since the last call. */
    List<Run> take() {
      finish();
      List<Run> runs = List.copyOf(finished);
      clear();
      return runs;
    }

    void clear() {
      finished.clear();
      length = 0;
    }
  }

  /**
   * The coder: the block, then the number of runs and each run's length (variable-length integers)
   * and timestamp (8 bytes, big endian). Deterministic.
   */
  static final class StampedBlockCoder extends AtomicCoder<StampedBlock> {
    private static final long serialVersionUID = 1L;
    private static final StampedBlockCoder INSTANCE = new StampedBlockCoder();

    private StampedBlockCoder() {}

    static StampedBlockCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(StampedBlock block, OutputStream out) throws IOException {
      RecordBlock.BlockCoder.of().encode(block.records, out);
      VarInt.encode(block.runs.size(), out);
      for (Run run : block.runs) {
        VarInt.encode(run.length, out);
        BigEndianLongCoder.of().encode(run.millis, out);
      }
    }

    @Override
    public StampedBlock decode(InputStream in) throws IOException {
      RecordBlock records = RecordBlock.BlockCoder.of().decode(in);
      List<Run> runs = new ArrayList<>();
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        runs.add(new Run(VarInt.decodeInt(in), BigEndianLongCoder.of().decode(in)));
      }
      return new StampedBlock(records, runs);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
