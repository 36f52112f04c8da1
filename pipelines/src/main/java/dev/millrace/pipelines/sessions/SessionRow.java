package dev.millrace.pipelines.sessions;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.joda.time.Duration;

/**
 * The row of a session: its key, the UTC day on which it starts, the times of its first and its
 * last record, the seconds between them and the number of its records; then what else was computed.
 *
 * <p>It is made of the aggregate of a session window, which ends a gap after the last record.
 */
final class SessionRow implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String DAY = "day";
  static final String SECONDS = "seconds";
  static final String RECORDS = "records";

  /** What an aggregate has first: key, window_start, window_end, count. */
  private static final int AGGREGATE_FIELDS = 4;

  private final RecordSchema schema;
  private final long gapMicros;

  SessionRow(RecordSchema aggregate, Duration gap) {
    List<Field> fields = new ArrayList<>();
    fields.add(aggregate.field(0));
    fields.add(Field.required(DAY, FieldType.DATE));
    fields.add(Field.required("session_start", FieldType.TIMESTAMP));
    fields.add(Field.required("session_end", FieldType.TIMESTAMP));
    fields.add(Field.required(SECONDS, FieldType.INTEGER));
    fields.add(Field.required(RECORDS, FieldType.INTEGER));
    fields.addAll(aggregate.fields().subList(AGGREGATE_FIELDS, aggregate.size()));
    this.schema = RecordSchema.of("sessions", fields);
    this.gapMicros = TimeUnit.MILLISECONDS.toMicros(gap.getMillis());
  }

  RecordSchema schema() {
    return schema;
  }

  Record of(Record aggregate) {
    long start = aggregate.longAt(1);
    long end = aggregate.longAt(2) - gapMicros;
    RecordBuilder builder = new RecordBuilder(schema);
    builder.setFrom(0, aggregate, 0);
    builder.setLong(1, Math.floorDiv(start, TimeUnit.DAYS.toMicros(1)));
    builder.setLong(2, start);
    builder.setLong(3, end);
    builder.setLong(4, TimeUnit.MICROSECONDS.toSeconds(end - start));
    builder.setFrom(5, aggregate, 3);
    for (int i = AGGREGATE_FIELDS; i < aggregate.schema().size(); i++) {
      builder.setFrom(i + 2, aggregate, i);
    }
    return builder.build(aggregate.eventTimeMillis(), "", -1);
  }
}
