package dev.millrace.benchmarks.expert;

import dev.millrace.benchmarks.plain.Rejection;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads the lines of a block as rows; what is no event goes to the side output. */
final class ParseBlocks extends ProcessFunction<byte[], EventRow> {
  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected") {};
  static final String READ = "read";
  static final String REJECTIONS = "rejections";

  private static final long serialVersionUID = 1L;

  private final LongCounter read = new LongCounter();
  private final LongCounter rejections = new LongCounter();
  private transient EventParser parser;
  private transient SlowReader reader;
  private transient EventRow row;

  @Override
  public void open(OpenContext context) {
    parser = new EventParser();
    reader = new SlowReader();
    row = new EventRow();
    getRuntimeContext().addAccumulator(READ, read);
    getRuntimeContext().addAccumulator(REJECTIONS, rejections);
  }

  @Override
  public void processElement(byte[] block, Context context, Collector<EventRow> out) {
    long lines = 0;
    int start = 0;
    while (start < block.length) {
      int end = start;
      while (end < block.length && block[end] != '\n') {
        end++;
      }
      lines++;
      if (parser.parse(block, start, end, row)) {
        parser.hash(row);
        out.collect(row);
      } else {
        readSlowly(block, start, end, context, out);
      }
      start = end + 1;
    }
    read.add(lines);
  }

  private void readSlowly(
      byte[] block, int start, int end, Context context, Collector<EventRow> out) {
    Rejection rejection =
        reader.read(new String(block, start, end - start, StandardCharsets.UTF_8), row);
    if (rejection == null) {
      parser.hash(row);
      out.collect(row);
    } else {
      rejections.add(1L);
      context.output(REJECTED, rejection);
    }
  }
}
