package dev.millrace.record;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Turns {@link Record}s into Beam {@link Row}s with a schema: the edge to Beam SQL and to any Beam
 * connector. Bounded or unbounded; timestamps, windows and order are left as they are; provenance
 * and kept originals stay behind.
 *
 * <p>INTEGER becomes INT64, NUMBER DOUBLE, DATE and TIME {@code SqlTypes.DATE} and {@code
 * SqlTypes.TIME}, TIMESTAMP {@code MicrosInstant}, OBJECT a row. A row costs several times what a
 * record does: keep it off the hot path.
 */
public final class ToRows extends PTransform<PCollection<Record>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private ToRows() {}

  /** The transform; it has nothing to configure. */
  public static ToRows create() {
    return new ToRows();
  }

  @Override
  public PCollection<Row> expand(PCollection<Record> records) {
    Schema schema = Rows.schema(RecordCoder.schemaOf(records));
    return records
        .apply(
            "Convert",
            MapElements.into(TypeDescriptors.rows()).via(record -> Rows.toRow(record, schema)))
        .setRowSchema(schema);
  }
}
