package dev.millrace.io.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.values.KV;

/**
 * The lines of a manifest: {@code {"file":{"table":...,"partition":...,"path":...,"rows":n,
 * "bytes":n}}} and {@code {"tally":{"disposition":...,"detail":...,"partition":...,"hour":n},
 * "count":n}}.
 */
final class ManifestLines {
  private static final JsonFactory JSON = new JsonFactory();

  private ManifestLines() {}

  /** Writes the fields of an object. */
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static String ofFile(WrittenFile file) {
    return line(
        json -> {
          json.writeObjectFieldStart("file");
          json.writeStringField("table", file.table());
          json.writeStringField("partition", file.partition());
          json.writeStringField("path", file.path());
          json.writeNumberField("rows", file.rows());
          json.writeNumberField("bytes", file.bytes());
          json.writeEndObject();
        });
  }

  static String ofTally(KV<Tally, Long> count) {
    Tally tally = count.getKey();
    return line(
        json -> {
          json.writeObjectFieldStart("tally");
          json.writeStringField("disposition", tally.disposition().code());
          json.writeStringField("detail", tally.detail());
          json.writeStringField("partition", tally.partition());
          json.writeNumberField("hour", tally.hour());
          json.writeEndObject();
          json.writeNumberField("count", count.getValue());
        });
  }

  /** The lines of a manifest. */
  static List<String> of(List<WrittenFile> files, Map<Tally, Long> tallies) {
    return Stream.concat(
            files.stream().map(ManifestLines::ofFile),
            tallies.entrySet().stream()
                .map(count -> ofTally(KV.of(count.getKey(), count.getValue()))))
        .toList();
  }

  private static String line(Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write manifest: " + e.getMessage(), e);
    }
    return line.toString();
  }

  /** Reads one line into the files or the tallies. */
  static void read(String line, List<WrittenFile> files, Map<Tally, Long> tallies)
      throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      String kind = json.nextFieldName();
      expect(json.nextToken(), JsonToken.START_OBJECT);
      Line values = Line.read(json);
      if ("file".equals(kind)) {
        files.add(values.file());
      } else if ("tally".equals(kind)) {
        tallies.merge(values.tally(), count(json), Long::sum);
      } else {
        throw new IOException("neither a file nor a tally");
      }
    }
  }

  private static long count(JsonParser json) throws IOException {
    if (!"count".equals(json.nextFieldName())) {
      throw new IOException("it has no count");
    }
    expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  private static void expect(JsonToken found, JsonToken expected) throws IOException {
    if (found != expected) {
      throw new IOException("%s instead of %s".formatted(found, expected));
    }
  }

  /** The flat values of the object in a line. */
  private record Line(Map<String, String> texts, Map<String, Long> numbers) {

    /** Reads up to the end of the object that the parser is at the start of. */
    static Line read(JsonParser json) throws IOException {
      Line line = new Line(new HashMap<>(), new HashMap<>());
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          line.texts.put(name, json.getText());
        } else {
          line.numbers.put(name, json.getLongValue());
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
      return line;
    }

    WrittenFile file() throws IOException {
      return new WrittenFile(
          text("table"), text("partition"), text("path"), number("rows"), number("bytes"));
    }

    Tally tally() throws IOException {
      String code = text("disposition");
      for (Disposition disposition : Disposition.values()) {
        if (disposition.code().equals(code)) {
          return new Tally(disposition, text("detail"), text("partition"), (int) number("hour"));
        }
      }
      throw new IOException("unknown disposition " + code);
    }

    private String text(String name) throws IOException {
      return required(name, texts.get(name));
    }

    private long number(String name) throws IOException {
      return required(name, numbers.get(name));
    }

    private static <T> T required(String name, T value) throws IOException {
      if (value == null) {
        throw new IOException("it has no " + name);
      }
      return value;
    }
  }
}
