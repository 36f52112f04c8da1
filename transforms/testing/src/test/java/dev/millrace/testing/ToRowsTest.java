package dev.millrace.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.record.ToRows;
import java.time.Instant;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class ToRowsTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "flights",
          Field.required("carrier", FieldType.STRING),
          Field.optional("landed", FieldType.TIMESTAMP));

  @Test
  void givesRowsThatHaveTheSchema(TestPipeline pipeline) {
    Record record =
        new RecordBuilder(SCHEMA)
            .set("carrier", "AA")
            .set("landed", Instant.parse("2001-01-15T07:00:00.000001Z"))
            .build(0, "a", 1);
    PCollection<Row> rows =
        pipeline.apply(Create.of(record).withCoder(RecordCoder.of(SCHEMA))).apply(ToRows.create());

    assertThat(rows.getSchema().getFieldNames(), contains("carrier", "landed"));
    PAssert.that(rows).containsInAnyOrder(record.toRow());
    pipeline.run();
  }
}
