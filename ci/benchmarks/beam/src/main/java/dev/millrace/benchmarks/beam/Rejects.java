package dev.millrace.benchmarks.beam;

import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.JsonToRow.ParseResult;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ToJson;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Counts and writes what the other steps reject, as JSON with the {@code original} line. */
final class Rejects extends PTransform<PCollectionList<String>, PDone> {
  private static final Schema REJECT = Schema.builder().addStringField("original").build();

  private final String counter;
  private final String prefix;

  /** Counts what comes in a counter, and writes it to files with a prefix. */
  Rejects(String counter, String prefix) {
    this.counter = counter;
    this.prefix = prefix;
  }

  /** The lines that the parser could not read. */
  static PCollection<String> unparsed(ParseResult parsed) {
    return parsed
        .getFailedToParseLines()
        .apply(
            "TakeLines",
            MapElements.into(TypeDescriptors.strings()).via(row -> row.getString("line")));
  }

  /** Rows whose lines are gone, as JSON again. */
  static PCollection<String> asJson(PCollection<Row> rows) {
    return rows.apply("WriteAsJson", ToJson.of());
  }

  @Override
  public PDone expand(PCollectionList<String> lines) {
    return lines
        .apply("All", Flatten.pCollections())
        .apply("Count", ParDo.of(new CountElements<>(counter)))
        .apply(
            "AsOriginals",
            MapElements.into(TypeDescriptors.rows())
                .via(line -> Row.withSchema(REJECT).addValue(line).build()))
        .setRowSchema(REJECT)
        .apply("AsJson", ToJson.of())
        .apply("Write", TextIO.write().to(prefix).withSuffix(".ndjson"));
  }
}
