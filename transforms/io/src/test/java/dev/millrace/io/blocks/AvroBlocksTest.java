package dev.millrace.io.blocks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.avro.AvroCodec;
import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroBlocksTest {
  private static final String SCHEMA =
      """
      {"type":"record","name":"row","fields":[
        {"name":"id","type":"int"},
        {"name":"list","type":["null",{"type":"array","items":["string","row"]}]},
        {"name":"map","type":{"type":"map","values":"double"}},
        {"name":"fixed","type":{"type":"fixed","name":"two","size":2}},
        {"name":"nulls","type":{"type":"array","items":"null"}},
        {"name":"rest","type":{"type":"record","name":"rest","fields":[
          {"name":"b","type":"boolean"},{"name":"f","type":"float"},{"name":"e","type":
            {"type":"enum","name":"e","symbols":["A","B"]}},{"name":"bytes","type":"bytes"}]}}]}
      """;
  private static final Schema AVRO = new Schema.Parser().parse(SCHEMA);

  private static GenericData.Record row(int id) {
    GenericData.Record rest = new GenericData.Record(AVRO.getField("rest").schema());
    rest.put("b", id % 2 == 0);
    rest.put("f", 0.5f);
    rest.put("e", new GenericData.EnumSymbol(rest.getSchema().getField("e").schema(), "B"));
    rest.put("bytes", ByteBuffer.wrap(new byte[id % 300]));
    GenericData.Record row = new GenericData.Record(AVRO);
    row.put("id", id);
    row.put("list", id % 3 == 0 ? null : id % 7 == 1 ? List.of("a", row(0), "") : List.of());
    row.put("map", id % 2 == 0 ? Map.of() : Map.of("k", 1.5));
    row.put("fixed", new GenericData.Fixed(AVRO.getField("fixed").schema(), new byte[2]));
    row.put("nulls", Arrays.asList(new Object[id % 4]));
    row.put("rest", rest);
    return row;
  }

  private static byte[] file(String codec, int interval, int rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(AVRO))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(interval);
      writer.create(AVRO, out, new byte[16]);
      for (int id = 0; id < rows; id++) {
        writer.append(row(id));
      }
    }
    return out.toByteArray();
  }

  private static List<RawBlock> blocks(byte[] file, int blockBytes) throws IOException {
    AvroBlocks blocks = new AvroBlocks(new ByteArrayInputStream(file), "f", blockBytes, 5_000);
    List<RawBlock> all = new ArrayList<>();
    for (RawBlock next = blocks.next(); next != null; next = blocks.next()) {
      all.add(next);
    }
    return all;
  }

  private static List<String> read(byte[] file, int blockBytes) throws IOException {
    GenericDatumReader<Object> reader = new GenericDatumReader<>(AVRO);
    List<String> rows = new ArrayList<>();
    for (RawBlock block : blocks(file, blockBytes)) {
      assertThat(block.header().orElseThrow(), is(new AvroHeader(AVRO.toString())));
      for (int i = 0; i < block.size(); i++) {
        byte[] datum = block.raw(i).payload();
        Object row = reader.read(null, DecoderFactory.get().binaryDecoder(datum, null));
        rows.add(block.offset(i) + " " + row);
      }
    }
    return rows;
  }

  private static List<String> expected(int rows) {
    List<String> expected = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      expected.add(id + " " + row(id));
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2", "xz"})
  void findsTheRecordsOfEveryCodec(String codec) throws IOException {
    assertThat(read(file(codec, 1_000, 500), 1 << 20), is(expected(500)));
  }

  @Test
  void givesTheSameRecordsWhateverTheBlock() throws IOException {
    byte[] file = file("deflate", 10_000, 200);
    for (int blockBytes : new int[] {1, 100, 3_000, 1 << 20}) {
      assertThat("block of " + blockBytes, read(file, blockBytes), is(expected(200)));
    }
    assertThat(blocks(file, 3_000).size(), greaterThan(blocks(file, 1 << 20).size()));
  }

  @Test
  void findsNothingInAnEmptyFileOrOneWithoutRecords() throws IOException {
    assertThat(blocks(new byte[0], 100), empty());
    assertThat(blocks(file("null", 1_000, 0), 100), empty());
  }

  private static String failure(byte[] file) {
    return assertThrows(IOException.class, () -> blocks(file, 1 << 20)).getMessage();
  }

  @Test
  void givesTheBlocksBeforeOneThatIsCorrupt() throws IOException {
    byte[] file = file("snappy", 1_000, 100);
    file[file.length - 30] ^= 1;
    AvroBlocks blocks = new AvroBlocks(new ByteArrayInputStream(file), "f", 1 << 20, 5_000);
    assertThat(blocks.next().size(), greaterThan(1));
    assertThat(failure(file), matchesRegex("corrupt block at byte \\d+: snappy: .*"));
  }

  @ParameterizedTest
  @CsvSource({
    "deflate, deflate: invalid code -- missing end-of-block",
    "snappy, snappy: FAILED_TO_UNCOMPRESS(5)",
    "zstandard, zstandard: Unknown frame descriptor",
    "bzip2, bzip2: Stream is not in the BZip2 format",
    "xz, xz: Input is not in the XZ format",
  })
  void refusesABlockThatItsCodecDoesNotRead(String codec, String message) throws IOException {
    byte[] file = file(codec, 1 << 20, 10);
    int start = file("null", 1_000, 0).length - "null".length() + codec.length();
    Arrays.fill(file, start + 4, start + 12, (byte) 0);
    assertThat(failure(file), is("corrupt block at byte " + start + ": " + message));
  }

  @Test
  void refusesABlockThatDoesNotEndWithTheMarker() throws IOException {
    byte[] file = file("null", 1 << 20, 2);
    file[file.length - 1] = 1;
    assertThat(
        failure(file),
        is("corrupt block at byte 591: it does not end with the marker of the file"));
  }

  @Test
  void refusesAWrongChecksum() throws IOException {
    byte[] file = file("snappy", 1 << 20, 2);
    file[file.length - 17] ^= 1;
    assertThat(failure(file), is("corrupt block at byte 593: snappy: wrong checksum"));
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] file = file("null", 1 << 20, 2);
    for (int length : new int[] {4, 20, 592, file.length - 1}) {
      assertThat(
          failure(Arrays.copyOf(file, length)),
          is("truncated Avro file after " + length + " bytes"));
    }
  }

  @Test
  void refusesWhatIsNoContainerFile() {
    assertThat(
        failure("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8)),
        is("no Avro container file: it starts with 7b226122 (expected 4f626a01)"));
  }

  /** The records of a file of one block, as a count and bytes, of a schema. */
  private static byte[] file(String schema, String count, String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    String header = "4f626a01" + "02" + text("avro.schema") + text(schema) + "00" + "00".repeat(16);
    String block = count + HexFormat.of().toHexDigits((byte) (2 * data.length)) + hex;
    return HexFormat.of().parseHex(header + block + "00".repeat(16));
  }

  private static String text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String length =
        utf8.length < 64
            ? HexFormat.of().toHexDigits((byte) (2 * utf8.length))
            : HexFormat.of().toHexDigits((byte) (2 * utf8.length | 0x80))
                + HexFormat.of().toHexDigits((byte) ((2 * utf8.length) >> 7));
    return length + HexFormat.of().formatHex(utf8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"string\"` | 02 | 0861 | a record goes beyond the end of the block",
        "`\"string\"` | 02 | 01 | a record goes beyond the end of the block",
        "`\"string\"` | 02 | 026100 | 1 bytes follow its records",
        "`\"string\"` | 00 | 00 | 1 bytes follow its records",
        "`\"string\"` | 01 | 00 | it does not end with the marker of the file",
        "`[\"null\"]` | 02 | 02 | a record has branch 1 of 1",
        "`\"long\"` | 02 | ffffffffffffffffffff01 | a record has an integer of more than 64 bits",
        "`\"null\"` | feffffff0f | `` | its records have no bytes",
      })
  void refusesABlockOfOtherRecords(String schema, String count, String hex, String message) {
    assertThat(
        failure(file(schema, count, hex)).replaceAll("at byte \\d+", "at byte N"),
        is("corrupt block at byte N: " + message));
  }

  @Test
  void passesOverAnyNumberOfItemsWithoutBytes() throws IOException {
    byte[] file = file("{\"type\":\"array\",\"items\":\"null\"}", "02", "feffffffffffffffff0100");
    assertThat(blocks(file, 100).get(0).size(), is(1));
  }

  @Test
  void refusesARecordNestedTooDeep() throws IOException {
    String schema =
        "{\"type\":\"record\",\"name\":\"n\",\"fields\":[{\"name\":\"x\",\"type\":[\"n\"]}]}";
    byte[] packed = new byte[2_000];
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] whole = file(schema, "02", "");
    file.write(whole, 0, whole.length - 17);
    file.write(new byte[] {(byte) 0xa0, 0x1f});
    file.write(packed);
    file.write(new byte[16]);
    assertThat(
        failure(file.toByteArray()).replaceAll("at byte \\d+", "at byte N"),
        is("corrupt block at byte N: a record is nested deeper than 1000 levels"));
  }

  @Test
  void refusesARecordOverTheLimit() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Schema text = new Schema.Parser().parse("\"string\"");
    try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(text))) {
      writer.create(text, out);
      writer.append("a");
      writer.append("b".repeat(5_000));
    }
    assertThat(
        failure(out.toByteArray()),
        is("record 1, in the block at byte 43, is longer than 5000 bytes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"type\":\"x\"}` | malformed schema: ",
        "`{` | malformed schema: ",
      })
  void refusesASchemaThatIsNone(String schema, String message) {
    assertThat(failure(file(schema, "00", "")), startsWith(message));
  }

  @Test
  void refusesACodecThatIsNotOfAvro() throws IOException {
    byte[] file = file("deflate", 1 << 20, 1);
    String bytes = new String(file, StandardCharsets.ISO_8859_1).replace("deflate", "deflatX");
    assertThat(
        failure(bytes.getBytes(StandardCharsets.ISO_8859_1)),
        is("unknown codec deflatX (expected null, deflate, snappy, zstandard, bzip2 or xz)"));
    assertThat(List.of(AvroCodec.of("xz").code()), contains("xz"));
  }
}
