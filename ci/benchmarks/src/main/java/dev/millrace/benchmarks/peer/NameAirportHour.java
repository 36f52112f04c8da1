package dev.millrace.benchmarks.peer;

import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Puts the window and the airport to the sums of an hour. */
final class NameAirportHour
    implements WindowFunction<SumDelays.Sums, AirportHour, String, TimeWindow> {

  @Override
  public void apply(
      String origin,
      TimeWindow window,
      Iterable<SumDelays.Sums> input,
      Collector<AirportHour> out) {
    SumDelays.Sums sums = input.iterator().next();
    AirportHour hour = new AirportHour();
    hour.origin = origin;
    hour.windowStart = window.getStart() * 1000;
    hour.windowEnd = window.getEnd() * 1000;
    hour.count = sums.count;
    hour.meanDelay = (double) sums.minutes / sums.count;
    hour.maxDelay = sums.most;
    out.collect(hour);
  }
}
