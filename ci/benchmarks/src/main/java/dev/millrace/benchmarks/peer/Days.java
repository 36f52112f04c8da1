package dev.millrace.benchmarks.peer;

import java.time.LocalDate;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Partitions by the UTC day of a time in the row, such as {@code dt=2026-03-02}. The name of the
 * day before is kept: naming one for every row would cost more than finding the file for it.
 */
public final class Days<T> implements BucketAssigner<T, String> {
  private static final long MICROS = 86_400_000_000L;

  private final SerializableFunction<T, Long> micros;
  private transient long day;
  private transient String name;

  /** Days of a time in microseconds. */
  public Days(SerializableFunction<T, Long> micros) {
    this.micros = micros;
  }

  @Override
  public String getBucketId(T row, Context context) {
    long newDay = Math.floorDiv(micros.apply(row), MICROS);
    if (name == null || newDay != day) {
      day = newDay;
      name = "dt=" + LocalDate.ofEpochDay(newDay);
    }
    return name;
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
