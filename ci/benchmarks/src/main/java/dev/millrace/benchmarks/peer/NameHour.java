package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Hour;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Puts the window and the key to the sums of an hour. */
final class NameHour
    implements WindowFunction<SumSales.Sums, Hour, Tuple2<String, String>, TimeWindow> {

  @Override
  public void apply(
      Tuple2<String, String> key,
      TimeWindow window,
      Iterable<SumSales.Sums> input,
      Collector<Hour> out) {
    SumSales.Sums sums = input.iterator().next();
    Hour hour = new Hour();
    hour.type = key.f0;
    hour.country = key.f1;
    hour.windowStart = window.getStart() * 1000;
    hour.windowEnd = window.getEnd() * 1000;
    hour.count = sums.count;
    hour.sumAmount = sums.amount;
    hour.meanDurationMs = (double) sums.durationMs / sums.count;
    out.collect(hour);
  }
}
