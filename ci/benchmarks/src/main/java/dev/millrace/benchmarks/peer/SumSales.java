package dev.millrace.benchmarks.peer;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Counts and sums sales as they come, so that a window's state is one accumulator. */
final class SumSales implements AggregateFunction<Sale, SumSales.Sums, SumSales.Sums> {

  /** The sums of a window so far. */
  public static final class Sums {
    public long count;
    public double amount;
    public long durationMs;
  }

  @Override
  public Sums createAccumulator() {
    return new Sums();
  }

  @Override
  public Sums add(Sale sale, Sums sums) {
    sums.count++;
    sums.amount += sale.amount;
    sums.durationMs += sale.durationMs;
    return sums;
  }

  @Override
  public Sums getResult(Sums sums) {
    return sums;
  }

  @Override
  public Sums merge(Sums left, Sums right) {
    left.count += right.count;
    left.amount += right.amount;
    left.durationMs += right.durationMs;
    return left;
  }
}
