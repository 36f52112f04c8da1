package dev.millrace.benchmarks.peer;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Counts and sums delays as they come, so that a window's state is one accumulator. */
final class SumDelays implements AggregateFunction<Delay, SumDelays.Sums, SumDelays.Sums> {

  /** The sums of a window so far. */
  public static final class Sums {
    public long count;
    public long minutes;
    public long most = Long.MIN_VALUE;
  }

  @Override
  public Sums createAccumulator() {
    return new Sums();
  }

  @Override
  public Sums add(Delay delay, Sums sums) {
    sums.count++;
    sums.minutes += delay.minutes;
    sums.most = Math.max(sums.most, delay.minutes);
    return sums;
  }

  @Override
  public Sums getResult(Sums sums) {
    return sums;
  }

  @Override
  public Sums merge(Sums left, Sums right) {
    left.count += right.count;
    left.minutes += right.minutes;
    left.most = Math.max(left.most, right.most);
    return left;
  }
}
