package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Packed;
import dev.millrace.io.codec.Codec;
import dev.millrace.io.parquet.ParquetData;
import dev.millrace.record.AvroHeader;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetBlocksTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.parquet"), bytes);
  }

  /** What DuckDB writes for a query. */
  private Path duckdb(String query, String options) throws SQLException {
    Path file = folder.resolve("duckdb.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet%s)".formatted(query, file, options));
    }
    return file;
  }

  private static List<RawBlock> blocks(Path file) throws IOException {
    FileRange range = FileRange.of(FileSet.match(List.of(file.toString())).files().get(0));
    List<RawBlock> blocks = new ArrayList<>();
    ReadLimits limits = ReadLimits.DEFAULT.withRecordBytes(10_000);
    try (RangeReader reader = RangeReader.open(range, CsvDialect.RFC_4180, limits)) {
      for (RawBlock next = reader.next(); next != null; next = reader.next()) {
        blocks.add(next);
      }
    }
    return blocks;
  }

  private static String schema(RawBlock block) {
    return ((AvroHeader) block.header().orElseThrow()).schema();
  }

  /** The rows as Avro's own library reads them, each after its offset. */
  private static List<String> rows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    for (RawBlock block : blocks(file)) {
      Schema schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(schema(block));
      GenericDatumReader<Object> reader = new GenericDatumReader<>(schema);
      for (int i = 0; i < block.size(); i++) {
        byte[] datum = block.raw(i).payload();
        var in = DecoderFactory.get().binaryDecoder(datum, null);
        rows.add(block.offset(i) + " " + reader.read(null, in));
        assertThat(in.isEnd(), is(true));
      }
    }
    return rows;
  }

  @Test
  void readsEveryTypeOfAProgramOfToday() throws Exception {
    Path file =
        duckdb(
            """
            SELECT true b, -1::TINYINT i8, 65535::USMALLINT u16, 4294967295::UINTEGER u32,
              18446744073709551615::UBIGINT u64, 7::BIGINT i64, 0.5::FLOAT f, 0.1::DOUBLE d,
              'é' s, DATE '1969-12-31' AS "day", TIME '07:30:00' t,
              TIMESTAMP '1970-01-01 00:00:01' lts, TIMESTAMPTZ '1970-01-01 00:00:01Z' ts,
              TIMESTAMP_NS '1970-01-01 00:00:00.000000002' ns, 1.50::DECIMAL(9,2) d9,
              -1.50::DECIMAL(18,3) d18, 12345678901234567890.5::DECIMAL(30,1) d30,
              '00000000-0000-0000-0000-00000000000a'::UUID u, NULL::INTEGER n,
              {'a': 1, 'b': NULL::VARCHAR} o, [1, NULL, 3] l, [[1], NULL, []] ll,
              [{'a': 'x'}] lo, MAP {'k': 1.5::DOUBLE} m""",
            "");
    assertThat(
        rows(file).get(0).replaceAll("\"d30\": \"[^\"]*\"", "\"d30\": \"\""),
        is(
            """
            0 {"b": true, "i8": -1, "u16": 65535, "u32": 4294967295, \
            "u64": "\\u0000ÿÿÿÿÿÿÿÿ", "i64": 7, "f": 0.5, "d": 0.1, "s": "é", "day": -1, \
            "t": 27000000000, "lts": 1000000, "ts": 1000000, "ns": 2, \
            "d9": "\\u0000\\u0096", \
            "d18": "ú$", "d30": "", \
            "u": "00000000-0000-0000-0000-00000000000a", "n": null, "o": {"a": 1, "b": null}, \
            "l": [1, null, 3], "ll": [[1], null, []], "lo": [{"a": "x"}], "m": {"k": 1.5}}"""));
  }

  @Test
  void saysInTheSchemaWhatTheTypesMean() throws Exception {
    Path file =
        duckdb(
            """
            SELECT 1 "a b", DATE '2000-01-01' AS "day", TIME '07:30:00' t, now() ts,
              TIMESTAMP '2000-01-01 00:00:00' lts, TIMESTAMP_NS '2000-01-01 00:00:00' ns,
              TIMESTAMP_MS '2000-01-01 00:00:00' ms, 1.50::DECIMAL(9,2) d9""",
            "");
    String schema = schema(blocks(file).get(0));
    assertThat(
        schema,
        is(
            """
            {"type":"record","name":"group0","fields":[\
            {"name":"a b","type":["null","int"]},\
            {"name":"day","type":["null",{"type":"int","logicalType":"date"}]},\
            {"name":"t","type":["null",{"type":"long","logicalType":"time-micros"}]},\
            {"name":"ts","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},\
            {"name":"lts","type":["null",{"type":"long","logicalType":"local-timestamp-micros"}]},\
            {"name":"ns","type":["null",{"type":"long","logicalType":"local-timestamp-nanos"}]},\
            {"name":"ms","type":["null",{"type":"long","logicalType":"local-timestamp-millis"}]},\
            {"name":"d9","type":["null",{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}]}]}"""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
  void readsEveryCodecThatIsWrittenToday(String codec) throws Exception {
    Path file =
        duckdb(
            "SELECT i, 'some longer text ' || i % 10 s FROM range(30000) t(i)",
            ", COMPRESSION '%s', ROW_GROUP_SIZE 10000".formatted(codec));
    List<String> rows = rows(file);
    assertThat(rows, hasSize(30_000));
    assertThat(rows.get(12_345), is("12345 {\"i\": 12345, \"s\": \"some longer text 5\"}"));
    assertThat(blocks(file).size(), greaterThan(3));
  }

  @Test
  void namesTheColumnOfACodecThatItDoesNotRead() throws Exception {
    Path file = duckdb("SELECT 1 i", ", COMPRESSION 'brotli'");
    IOException e = assertThrows(IOException.class, () -> blocks(file));
    assertThat(
        e.getMessage(),
        is(
            "Cannot read %s: its column i is compressed as BROTLI (expected one of".formatted(file)
                + " [UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW])"));
  }

  private List<String> rows(String type, Group... rows) throws IOException {
    MessageType message = MessageTypeParser.parseMessageType("message m { " + type + " }");
    return rows(file(ParquetData.of(message, rows)));
  }

  private static SimpleGroup group(String type) {
    return new SimpleGroup(MessageTypeParser.parseMessageType("message m { " + type + " }"));
  }

  @Test
  void readsTimestampsAsTheyUsedToBe() throws IOException {
    SimpleGroup row = group("required int96 t;");
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(3_600_000_001_999L).putInt(2_440_587).flip();
    row.add("t", Binary.fromConstantByteBuffer(bytes));
    assertThat(rows("required int96 t;", row), contains("0 {\"t\": -82799999999}"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0", "15360, 1.0", "-16384, -2.0", "1, 5.9604645E-8", "31744, Infinity"})
  void readsFloatsOf16Bits(short bits, float value) throws IOException {
    String type = "required fixed_len_byte_array(2) h (FLOAT16);";
    SimpleGroup row = group(type);
    byte[] little = {(byte) bits, (byte) (bits >> 8)};
    row.add("h", Binary.fromConstantByteArray(little));
    assertThat(
        rows(type, row).get(0).replace("\"Infinity\"", "Infinity"), is("0 {\"h\": " + value + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optional group l (LIST) { repeated int32 element; }",
        "optional group l (LIST) { repeated group list { required int32 element; } }",
        "optional group l (LIST) { repeated group anything { optional int32 x; } }",
        "repeated int32 l;",
      })
  void readsListsInEveryFormThatTheyHave(String type) throws IOException {
    SimpleGroup none = group(type + " required int32 z;");
    none.add("z", 1);
    SimpleGroup two = group(type + " required int32 z;");
    for (int item = 1; item <= 2; item++) {
      if (type.startsWith("repeated")) {
        two.add("l", item);
      } else if (type.contains("group list") || type.contains("anything")) {
        Group list = item == 1 ? two.addGroup("l") : two.getGroup("l", 0);
        list.addGroup(0).add(0, item);
      } else {
        Group list = item == 1 ? two.addGroup("l") : two.getGroup("l", 0);
        list.add(0, item);
      }
    }
    two.add("z", 2);
    String absent = type.startsWith("repeated") ? "[]" : "null";
    assertThat(
        rows(type + " required int32 z;", none, two),
        contains("0 {\"l\": " + absent + ", \"z\": 1}", "1 {\"l\": [1, 2], \"z\": 2}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"array", "l_tuple"})
  void readsListsOfGroupsThatAreTheElement(String name) throws IOException {
    String type = "required group l (LIST) { repeated group " + name + " { optional int32 x; } }";
    SimpleGroup row = group(type);
    Group list = row.addGroup("l");
    list.addGroup(0).add("x", 1);
    list.addGroup(0);
    assertThat(rows(type, row), contains("0 {\"l\": [{\"x\": 1}, {\"x\": null}]}"));
  }

  @Test
  void readsMapsOfOtherKeysAsLists() throws IOException {
    String type =
        "required group m (MAP) { repeated group key_value { required int32 key; optional int32"
            + " value; } }";
    SimpleGroup row = group(type);
    row.addGroup("m").addGroup(0).append("key", 1);
    assertThat(rows(type, row), contains("0 {\"m\": [{\"key\": 1, \"value\": null}]}"));
  }

  @Test
  void readsRepeatedGroupsWithinEachOther() throws IOException {
    String type = "repeated group a { repeated group b { repeated int32 c; } optional int32 d; }";
    SimpleGroup row = group(type);
    Group first = row.addGroup("a");
    first.addGroup("b").append("c", 1).append("c", 2);
    first.addGroup("b");
    row.addGroup("a").append("d", 4);
    assertThat(
        rows(type, row, group(type)),
        contains(
            "0 {\"a\": [{\"b\": [{\"c\": [1, 2]}, {\"c\": []}], \"d\": null}, {\"b\": [], \"d\": 4}]}",
            "1 {\"a\": []}"));
  }

  @Test
  void numbersRowsOverAllRowGroups() throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message m { required int32 i; }");
    List<List<Group>> groups = new ArrayList<>();
    for (int start = 0; start < 30; start += 10) {
      groups.add(
          IntStream.range(start, start + 10)
              .mapToObj(i -> new SimpleGroup(type).append("i", i))
              .toList());
    }
    List<String> rows = rows(file(ParquetData.of(type, groups)));
    assertThat(rows, hasSize(30));
    assertThat(rows.get(29), is("29 {\"i\": 29}"));
  }

  @Test
  void findsNothingInAFileWithoutRows() throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message m { required int32 i; }");
    assertThat(blocks(file(ParquetData.of(type, List.of()))), empty());
  }

  private String failure(byte[] bytes) throws IOException {
    Path file = file(bytes);
    String message = assertThrows(IOException.class, () -> blocks(file)).getMessage();
    assertThat(message, startsWith("Cannot read " + file + ": "));
    assertThat(message.lines().toList(), hasSize(1));
    return message.substring(("Cannot read " + file + ": ").length());
  }

  private static byte[] good() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType("message m { required binary s (UTF8); }");
    return ParquetData.of(
        type,
        IntStream.range(0, 1_000)
            .mapToObj(i -> new SimpleGroup(type).append("s", "row " + i * 7_919L))
            .toArray(Group[]::new));
  }

  @Test
  void refusesAWrongMagic() throws IOException {
    assertThat(
        failure("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8)),
        is("no Parquet file: it starts with 7b226122 (expected 50415231)"));
    assertThat(
        failure("PA".getBytes(StandardCharsets.UTF_8)),
        is("no Parquet file: it starts with 5041 (expected 50415231)"));
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] good = good();
    assertThat(
        failure(Arrays.copyOf(good, good.length - 1)),
        is(
            "truncated Parquet file: it ends with 00504152 after %d bytes (expected 50415231)"
                .formatted(good.length - 1)));
    assertThat(
        failure("PAR1".getBytes(StandardCharsets.UTF_8)),
        is("truncated Parquet file: it ends with 50415231 after 4 bytes (expected 50415231)"));
  }

  @Test
  void refusesAnEncryptedFooter() throws IOException {
    assertThat(
        failure("PARE  PARE".getBytes(StandardCharsets.UTF_8)), is("its footer is encrypted"));
  }

  @Test
  void refusesACorruptFooter() throws IOException {
    byte[] bytes = good();
    bytes[bytes.length - 5] = 1;
    assertThat(failure(bytes), startsWith("corrupt footer: "));
    byte[] other = good();
    Arrays.fill(other, other.length - 60, other.length - 8, (byte) 0xff);
    assertThat(failure(other), startsWith("corrupt footer: "));
  }

  @Test
  void refusesACorruptPage() throws IOException {
    byte[] bytes = good();
    Arrays.fill(bytes, 60, 500, (byte) 0xff);
    assertThat(failure(bytes), startsWith("corrupt row group 0, after 0 rows: "));
  }

  @Test
  void refusesARowOverTheLimit() throws IOException {
    String type = "required binary s;";
    byte[] file =
        ParquetData.of(
            MessageTypeParser.parseMessageType("message m { " + type + " }"),
            group(type).append("s", "a"),
            group(type).append("s", "b".repeat(10_000)));
    assertThat(
        failure(file),
        is("corrupt row group 0, after 1 rows: the next is longer than 10000 bytes"));
  }

  @Test
  void refusesAFileThatIsCompressedAsAWhole() throws IOException {
    Path file = Files.write(folder.resolve("a.parquet"), Packed.as(Codec.GZIP, "x"));
    IOException e = assertThrows(IOException.class, () -> blocks(file));
    assertThat(
        e.getMessage(),
        is(
            "Cannot read %s: it is compressed as a whole, by gzip (expected a Parquet file as it is: its pages are compressed)"
                .formatted(file)));
  }
}
