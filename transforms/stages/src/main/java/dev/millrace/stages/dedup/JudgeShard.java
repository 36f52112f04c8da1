package dev.millrace.stages.dedup;

import static dev.millrace.stages.dedup.DropDuplicates.CONFLICTS;
import static dev.millrace.stages.dedup.DropDuplicates.DUPLICATES;
import static dev.millrace.stages.dedup.DropDuplicates.UNIQUE;
import static dev.millrace.stages.dedup.DropDuplicates.UNREAD_CONFLICTS;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RejectedAt;
import java.util.Arrays;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/** Unpacks the blocks of a shard, once, and gives every record to its output. */
final class JudgeShard extends DoFn<KV<Integer, Iterable<RecordBlock>>, Record> {
  private static final long serialVersionUID = 1L;

  private final DedupConfig config;
  private final RecordSchema schema;
  private final boolean carriesOriginals;
  private transient ShardJudge judge;

  JudgeShard(DedupConfig config, RecordSchema schema, boolean carriesOriginals) {
    this.config = config;
    this.schema = schema;
    this.carriesOriginals = carriesOriginals;
  }

  @Setup
  public void setUp() {
    judge = new ShardJudge(config, schema);
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<RecordBlock>> shard, MultiOutputReceiver output) {
    RecordList records = new RecordList();
    for (RecordBlock block : shard.getValue()) {
      block.forEach(schema, records::add);
    }
    judge.judge(records.array, records.size, verdictsTo(output));
  }

  private ShardJudge.Verdicts verdictsTo(MultiOutputReceiver outputs) {
    OutputReceiver<Record> unique = outputs.get(UNIQUE);
    OutputReceiver<Record> duplicates = outputs.get(DUPLICATES);
    return new ShardJudge.Verdicts() {
      @Override
      public void unique(Record record) {
        unique.outputWithTimestamp(record.withoutPayload(), record.eventTime());
      }

      @Override
      public void duplicate(Record record) {
        duplicates.outputWithTimestamp(record.withoutPayload(), record.eventTime());
      }

      @Override
      public void conflict(Record record, Record other) {
        RejectedAt conflict = Conflict.with(other, record, config.key());
        if (carriesOriginals) {
          outputs
              .get(CONFLICTS)
              .outputWithTimestamp(conflict.with(Conflict.original(record)), record.eventTime());
        } else {
          outputs.get(UNREAD_CONFLICTS).outputWithTimestamp(conflict, record.eventTime());
        }
      }
    };
  }

  /** Records whose elements came with later times than their own may leave all the same. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  /** A growing array: the judge sorts arrays. */
  private static final class RecordList {
    private Record[] array = new Record[1024];
    private int size;

    void add(Record record) {
      if (size == array.length) {
        array = Arrays.copyOf(array, 2 * size);
      }
      array[size++] = record;
    }
  }
}
