package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.io.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Avro and Parquet files in testdata/formats have the rows of the NDJSON file beside them, as
 * Avro's own library and DuckDB write them; {@code -Dgolden.update} writes them again.
 */
class FormatFixturesTest {
  private static final Path FORMATS = Path.of("../../testdata/formats");
  private static final String FLIGHTS_COLUMNS =
      "date: 'TIMESTAMPTZ', delay: 'VARCHAR', distance: 'BIGINT', origin: 'VARCHAR',"
          + " destination: 'VARCHAR'";
  private static final String ORDERS_COLUMNS =
      "id: 'BIGINT', \"at\": 'TIMESTAMPTZ', total: 'DECIMAL(12,2)', weight: 'DOUBLE', paid: 'BOOLEAN',"
          + " customer: 'STRUCT(name VARCHAR, born DATE)',"
          + " items: 'STRUCT(sku VARCHAR, price DECIMAL(9,2), tags VARCHAR[])[]', opens: 'TIME'";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"flights", "orders"})
  void areTheSameRowsInAvro(String name) throws IOException {
    Path file = FORMATS.resolve(name + ".avro");
    byte[] written = avro(name);
    update(file, written);
    assertThat(Files.readAllBytes(file), equalTo(written));
  }

  private static byte[] avro(String name) throws IOException {
    Schema schema = new Schema.Parser().parse(FORMATS.resolve(name + ".avsc").toFile());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.deflateCodec(6)).create(schema, out, new byte[16]);
      for (String line : Files.readAllLines(FORMATS.resolve(name + ".ndjson"))) {
        writer.append(datum(schema, new ObjectMapper().readTree(line)));
      }
    }
    return out.toByteArray();
  }

  /** A value of JSON as one of Avro. */
  private static Object datum(Schema schema, JsonNode json) {
    String logical = String.valueOf(schema.getProp("logicalType"));
    return switch (schema.getType()) {
      case UNION -> datum(branch(schema, json), json);
      case NULL -> null;
      case RECORD -> {
        GenericData.Record object = new GenericData.Record(schema);
        schema.getFields().forEach(f -> object.put(f.pos(), datum(f.schema(), json.get(f.name()))));
        yield object;
      }
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        json.forEach(item -> items.add(datum(schema.getElementType(), item)));
        yield items;
      }
      case BYTES -> {
        int scale = (Integer) schema.getObjectProp("scale");
        BigDecimal decimal = new BigDecimal(json.asText()).setScale(scale);
        yield ByteBuffer.wrap(decimal.unscaledValue().toByteArray());
      }
      case INT ->
          logical.equals("date")
              ? (int) LocalDate.parse(json.asText()).toEpochDay()
              : json.intValue();
      case LONG ->
          switch (logical) {
            case "timestamp-micros" ->
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(json.asText()));
            case "time-micros" -> LocalTime.parse(json.asText()).toNanoOfDay() / 1_000;
            default -> json.longValue();
          };
      case DOUBLE -> json.doubleValue();
      case BOOLEAN -> json.booleanValue();
      default -> json.asText();
    };
  }

  /** Null for null, else the text for a text if there is one beside a number, else the first. */
  private static Schema branch(Schema union, JsonNode json) {
    List<Schema> others =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (json == null || json.isNull()) {
      return Schema.create(Schema.Type.NULL);
    }
    return others.get(others.size() > 1 && json.isTextual() ? 1 : 0);
  }

  @Test
  void areTheSameRowsInParquet() throws Exception {
    parquet(
        "flights",
        "SELECT date, TRY_CAST(delay AS BIGINT) delay, distance, origin, destination",
        FLIGHTS_COLUMNS);
    parquet("orders", "SELECT *", ORDERS_COLUMNS);
  }

  private void parquet(String name, String select, String columns)
      throws IOException, SQLException {
    Path file = FORMATS.resolve(name + ".parquet");
    Path written = folder.resolve(name + ".parquet");
    String from =
        " FROM read_json('%s', columns = {%s})"
            .formatted(FORMATS.resolve(name + ".ndjson"), columns);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (%s%s) TO '%s' (FORMAT parquet)".formatted(select, from, written));
    }
    update(file, Files.readAllBytes(written));
    assertThat(
        Tables.query("SELECT count(*) FROM '%s'".formatted(file)),
        is(Tables.query("SELECT count(*)" + from)));
    assertThat(Tables.query("FROM '%s' EXCEPT FROM '%s'".formatted(file, written)), is(List.of()));
  }

  private static void update(Path file, byte[] content) throws IOException {
    if (System.getProperty("golden.update") != null) {
      assertThat("golden.update is not for CI", System.getenv("CI"), equalTo(null));
      Files.write(file, content);
    }
  }
}
