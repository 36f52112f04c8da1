package dev.millrace.pipelines.sessions;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.record.ToRows;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.beam.sdk.extensions.sql.SqlTransform;
import org.apache.beam.sdk.schemas.transforms.Select;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Instant;

/**
 * Sums the sessions of each day up with Beam SQL. There are few of them beside the records, so rows
 * cost little here; planning the query takes seconds, and happens in this pipeline alone.
 */
final class SumUpDays extends PTransform<PCollection<Record>, PCollection<Record>> {
  private static final long serialVersionUID = 1L;

  private static final RecordSchema DAILY =
      RecordSchema.of(
          "daily",
          Field.required("day", FieldType.DATE),
          Field.required("sessions", FieldType.INTEGER),
          Field.required("records", FieldType.INTEGER),
          Field.required("seconds", FieldType.INTEGER),
          Field.required("most_records", FieldType.INTEGER),
          Field.required("most_seconds", FieldType.INTEGER));

  private static final String QUERY =
      """
      SELECT `day`, COUNT(*) AS `sessions`,
        SUM(`records`) AS `records`, SUM(`seconds`) AS `seconds`,
        MAX(`records`) AS `most_records`, MAX(`seconds`) AS `most_seconds`
      FROM PCOLLECTION
      GROUP BY `day`
      """;

  private SumUpDays() {}

  static SumUpDays create() {
    return new SumUpDays();
  }

  @Override
  public PCollection<Record> expand(PCollection<Record> sessions) {
    return sessions
        .apply("ToRows", ToRows.create())
        // SQL has no type for the microseconds of the times, and does without them.
        .apply("Select", Select.fieldNames(SessionRow.DAY, SessionRow.SECONDS, SessionRow.RECORDS))
        .apply("Query", SqlTransform.query(QUERY))
        .apply(
            "ToRecords", MapElements.into(TypeDescriptor.of(Record.class)).via(SumUpDays::record))
        .setCoder(RecordCoder.of(DAILY));
  }

  /** Its event time is the start of the day, which is its partition. */
  private static Record record(Row row) {
    LocalDate day = row.getLogicalTypeValue("day", LocalDate.class);
    long start = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return Record.fromRow(DAILY, row, Instant.ofEpochMilli(start));
  }
}
