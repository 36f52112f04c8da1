package dev.millrace.operate.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.operate.JsonLayout;
import dev.millrace.operate.diff.ChangedSample;
import dev.millrace.operate.diff.PartitionDiff;
import dev.millrace.operate.diff.RowDiff;
import dev.millrace.operate.diff.RowSample;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A difference as JSON. */
final class DiffJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final StagedDiff result;
  private final RowDiff diff;

  DiffJson(StagedDiff result) {
    this.result = result;
    this.diff = result.diff();
  }

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(JsonLayout.printer());
      json.writeStartObject();
      json.writeStringField("run", result.run());
      json.writeStringField("output", result.output().toString());
      json.writeStringField("table", result.table());
      json.writeArrayFieldStart("key");
      for (String field : diff.key()) {
        json.writeString(field);
      }
      json.writeEndArray();
      counts(json, diff.total());
      json.writeArrayFieldStart("partitions");
      for (PartitionDiff partition : diff.partitions()) {
        json.writeStartObject();
        json.writeStringField("partition", partition.partition());
        json.writeBooleanField("takenAway", partition.takenAway());
        counts(json, partition);
        json.writeEndObject();
      }
      json.writeEndArray();
      samples(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return text + "\n";
  }

  private static void counts(JsonGenerator json, PartitionDiff partition) throws IOException {
    json.writeNumberField("publishedRows", partition.before());
    json.writeNumberField("stagedRows", partition.after());
    json.writeNumberField("added", partition.added());
    json.writeNumberField("removed", partition.removed());
    json.writeNumberField("changed", partition.changed());
  }

  private void samples(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("samples");
    rows(json, "added", diff.added());
    rows(json, "removed", diff.removed());
    json.writeArrayFieldStart("changed");
    for (ChangedSample sample : diff.changed()) {
      json.writeStartObject();
      json.writeStringField("partition", sample.partition());
      values(json, "key", sample.key());
      json.writeObjectFieldStart("fields");
      for (Map.Entry<String, ChangedSample.Change> field : sample.fields().entrySet()) {
        json.writeObjectFieldStart(field.getKey());
        value(json, "published", field.getValue().published());
        value(json, "staged", field.getValue().staged());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void rows(JsonGenerator json, String name, List<RowSample> samples)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (RowSample sample : samples) {
      json.writeStartObject();
      json.writeStringField("partition", sample.partition());
      values(json, "row", sample.values());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void values(JsonGenerator json, String name, Map<String, String> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      value(json, value.getKey(), value.getValue());
    }
    json.writeEndObject();
  }

  /** Values are JSON already. */
  private static void value(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }
}
