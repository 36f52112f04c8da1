package dev.millrace.record;

import static dev.millrace.record.Golden.assertCodes;
import static dev.millrace.record.Golden.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RecordSchema.Field;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of every coder: a change here is a change that running jobs cannot restore from. */
class CodersTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "t", Field.optional("text", FieldType.STRING), Field.optional("n", FieldType.INTEGER));
  private static final String CONTENT =
      "0000000000000000 0200000018000000 0700000000000000" + "6869";

  @Test
  void recordWithoutOriginal() {
    assertCodes(
        RecordCoder.of(SCHEMA),
        record(null),
        "00000000000003e8 0000000000000005" + text("a.json") + "1a" + CONTENT + "00");
  }

  @Test
  void recordWithOriginal() {
    assertCodes(
        RecordCoder.of(SCHEMA),
        record("{}"),
        "00000000000003e8 0000000000000005" + text("a.json") + "1a" + CONTENT + "03 7b7d");
  }

  @Test
  void recordWithAnEmptyOriginal() {
    assertCodes(
        RecordCoder.of(SCHEMA),
        record(""),
        "00000000000003e8 0000000000000005" + text("a.json") + "1a" + CONTENT + "01");
  }

  @Test
  void recordWithNullsBefore1970() {
    assertCodes(
        RecordCoder.of(SCHEMA),
        new RecordBuilder(SCHEMA).build(-1, "", -1),
        "ffffffffffffffff ffffffffffffffff 00 18 0300000000000000 0000000000000000 0000000000000000"
            + "00");
  }

  @Test
  void referenceVersion() {
    assertCodes(
        ReferenceVersion.VersionCoder.of(),
        new ReferenceVersion(3, List.of("LAX", "")),
        "0000000000000003 02" + text("LAX") + "00");
  }

  /** Only what is decoded is fixed: implementations of LZ4 compress differently. */
  @Test
  void recordBlock() throws CoderException {
    List<Record> records = List.of(record("{}"), record(null));
    byte[] encoded =
        HexFormat.of()
            .parseHex(
                ("01" + text("a.json") + "6e" + "40")
                    + "31e80300010011050600020200521a000000020b00010200000c0051"
                    + "18000000070e006f000068697b7d38000540ffffffff24000002000938"
                    + "00500000006869");
    List<Record> decoded = new ArrayList<>();
    RecordBlock block = CoderUtils.decodeFromByteArray(RecordBlock.BlockCoder.of(), encoded);
    block.forEach(SCHEMA, decoded::add);

    assertThat(decoded, equalTo(records));
  }

  @Test
  void recordBlockRoundTrip() throws CoderException {
    RecordBlock.Packer packer = new RecordBlock.Packer();
    packer.add(record("{}"));
    packer.add(record(null));
    packer.add(ofMessage());
    RecordBlock block = packer.take();
    byte[] encoded = CoderUtils.encodeToByteArray(RecordBlock.BlockCoder.of(), block);

    assertThat(
        CoderUtils.decodeFromByteArray(RecordBlock.BlockCoder.of(), encoded), equalTo(block));
  }

  @Test
  void rawBlock() {
    assertCodes(
        RawBlock.BlockCoder.of(),
        RawBlock.of(
            "a.json",
            7,
            "ab\ncd".getBytes(StandardCharsets.UTF_8),
            new int[] {0, 3},
            new int[] {2, 5}),
        text("a.json") + "0000000000000007" + text("ab\ncd") + "02" + "0002" + "0102" + "00");
  }

  @Test
  void rawBlockOfCsv() {
    assertCodes(
        RawBlock.BlockCoder.of(),
        RawBlock.ofLines("a.csv", "1;2")
            .withHeader(
                new CsvHeader(new CsvDialect(';', '\''), "a;b".getBytes(StandardCharsets.UTF_8))),
        text("a.csv") + "0000000000000000" + text("1;2") + "01" + "0003" + text(";'a;b"));
  }

  @Test
  void rawBlockOfAPiece() {
    assertCodes(
        RawBlock.BlockCoder.of(),
        RawBlock.ofLines("a.json", "{}").asPiece(),
        text("a.json") + "0000000000000000" + text("{}") + "01" + "0002" + "0100");
  }

  @Test
  void rawBlockOfAvro() {
    assertCodes(
        RawBlock.BlockCoder.of(),
        RawBlock.of("a.avro", 5, new byte[] {2, 4}, new int[] {0, 1}, new int[] {1, 2})
            .withHeader(new AvroHeader("\"int\"")),
        text("a.avro") + "0000000000000005" + "020204" + "02" + "00010001" + text("\1\"int\""));
  }

  @Test
  void rawBlockOfMessages() {
    MessagePacker packer = new MessagePacker("t/0");
    packer.add(
        7,
        Envelope.of(
            OptionalLong.of(1000),
            new byte[] {1},
            List.of(new Envelope.Header("h", new byte[] {2}), new Envelope.Header("", null))),
        new byte[] {3, 4});
    packer.add(9, Envelope.ofTombstone(OptionalLong.empty(), null, List.of()), null);
    RawBlock block = packer.take();
    String envelopes =
        "0000000000000007 00000000000003e8 00 00000001 01 00000002"
            + "00000001 68 00000001 02 00000000 ffffffff 00000030";
    String tombstone = "0000000000000009 ffffffffffffffff 01 ffffffff 00000000 0000001d";
    String bytes = "4f 0304" + envelopes + tombstone;
    assertCodes(
        RawBlock.BlockCoder.of(),
        block,
        text("t/0") + "0000000000000000" + bytes + "02" + "0002 3000" + "0102");
    assertCodes(
        RawBlock.BlockCoder.of(),
        block.withHeader(new AvroHeader("\"int\"")),
        text("t/0") + "0000000000000000" + bytes + "02" + "0002 3000" + text("\2\1\"int\""));
    assertCodes(
        RawBlock.BlockCoder.of(),
        block.withHeader(new RegistryHeader("\"int\"", "no")),
        text("t/0")
            + "0000000000000000"
            + bytes
            + "02"
            + "0002 3000"
            + "0b 0203"
            + text("\"int\"")
            + text("no"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "x, `\"`, Invalid delimiter: U+0078 (expected a tab or an ASCII character that is no letter or digit)",
        "`;`, é, Invalid quote: U+00E9 (expected a tab or an ASCII character that is no letter or digit)",
        "`;`, `;`, Invalid quote: ; (expected another character than the delimiter)",
      })
  void refusesADialectThatCannotBeToldFromText(char delimiter, char quote, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new CsvDialect(delimiter, quote));
    assertThat(e.getMessage(), equalTo(message));
  }

  @Test
  void rejected() {
    assertCodes(
        Rejected.RejectedCoder.of(),
        new Rejected(
            "decode",
            List.of(
                new Violation(RejectReason.OUT_OF_RANGE, "delay", "maximum: 720", "too late"),
                new Violation(RejectReason.MISSING_FIELD, "carrier", "", "é")),
            new RawRecord("a.json", 9, new byte[] {1, 2}),
            OptionalLong.of(1000)),
        text("decode")
            + text("a.json")
            + "0000000000000009"
            + "020102"
            + "01 00000000000003e8"
            + "02"
            + text("OUT_OF_RANGE")
            + text("delay")
            + text("maximum: 720")
            + text("too late")
            + text("MISSING_FIELD")
            + text("carrier")
            + text("")
            + text("é"));
  }

  @Test
  void rejectedAtAPlace() {
    Violation violation = new Violation(RejectReason.CONFLICTING_KEY, "id", "unique", "é");
    assertCodes(
        RejectedAt.PlaceCoder.of(),
        new RejectedAt("dedup", List.of(violation), "a.json", 9, 1000),
        text("dedup")
            + text("a.json")
            + "0000000000000009"
            + "00"
            + "01 00000000000003e8"
            + "01"
            + text("CONFLICTING_KEY")
            + text("id")
            + text("unique")
            + text("é"));
  }

  @Test
  void rejectedMessage() {
    Envelope envelope = Envelope.of(OptionalLong.of(1000), new byte[] {1}, List.of());
    String encoded = "0000000000000009 00000000000003e8 00 00000001 01 00000000 0000001e";
    Violation violation = new Violation(RejectReason.MALFORMED, "", "", "no JSON");
    RawRecord raw = new RawRecord("t/0", 9, new byte[] {5}, envelope);
    String start = text("decode") + text("t/0") + "0000000000000009" + "0105";
    String end = "01" + text("MALFORMED") + "0000" + text("no JSON");
    assertCodes(
        Rejected.RejectedCoder.of(),
        Rejected.of("decode", violation, raw),
        start + "02" + "1e" + encoded + end);
    assertCodes(
        Rejected.RejectedCoder.of(),
        new Rejected("decode", List.of(violation), raw, OptionalLong.of(1)),
        start + "03" + "0000000000000001" + "1e" + encoded + end);
  }

  @Test
  void recordOfAMessage() {
    assertCodes(
        RecordCoder.of(SCHEMA),
        ofMessage(),
        "00000000000003e8 0000000000000007"
            + text("t/0")
            + ("1a" + CONTENT)
            + ("e0ffffff0f" + "7b7d")
            + "0000000000000007 00000000000003e8 00 ffffffff 00000000 0000001d");
  }

  @Test
  void recordWithAnEnvelope() {
    assertCodes(
        RecordCoder.of(SCHEMA),
        ofMessage().withoutPayload(),
        "00000000000003e8 0000000000000007"
            + text("t/0")
            + ("1a" + CONTENT)
            + "e2ffffff0f"
            + "0000000000000007 00000000000003e8 00 ffffffff 00000000 0000001d");
  }

  @Test
  void rejectedOfUnknownTime() {
    assertCodes(
        Rejected.RejectedCoder.of(),
        Rejected.of(
            "decode",
            new Violation(RejectReason.MALFORMED, "", "", "no JSON"),
            new RawRecord("a", 0, new byte[0])),
        text("decode")
            + text("a")
            + "0000000000000000"
            + "00"
            + "00"
            + "01"
            + text("MALFORMED")
            + "0000"
            + text("no JSON"));
  }

  @Test
  void tally() {
    assertCodes(
        Tally.TallyCoder.of(),
        new Tally(Disposition.REJECTED, "malformed", "dt=2001-01-15", 7),
        text("REJECTED") + text("malformed") + text("dt=2001-01-15") + "07");
    assertCodes(
        Tally.TallyCoder.of(), Tally.of(Disposition.READ), text("READ") + "00" + "00" + "ff");
  }

  @Test
  void writtenFile() {
    assertCodes(
        WrittenFile.WrittenFileCoder.of(),
        new WrittenFile("records", "dt=2001-01-15", "records/p.parquet", 3, 500),
        text("records")
            + text("dt=2001-01-15")
            + text("records/p.parquet")
            + "0000000000000003 00000000000001f4");
  }

  @Test
  void commit() {
    Commit whole =
        Commit.together(
                "20010116T010000Z",
                List.of(
                    Commit.ofCompleted("20010116T010000Z", "dt=2001-01-15"),
                    Commit.ofFile(
                        "20010116T010000Z", new WrittenFile("late", "dt=2001-01-14", "p", 3, 500)),
                    Commit.ofRead("20010116T010000Z", Tally.of(Disposition.READ), 300),
                    Commit.ofRead("20010116T010000Z", Tally.of(Disposition.READ), 1),
                    Commit.ofDue("20010116T010000Z", Tally.of(Disposition.LATE), 3)))
            .comingAfter("20010116T000000Z");
    assertCodes(
        Commit.CommitCoder.of(),
        whole,
        text("20010116T010000Z")
            + text("20010116T000000Z")
            + "01"
            + text("dt=2001-01-15")
            + "01"
            + text("late")
            + text("dt=2001-01-14")
            + text("p")
            + "0000000000000003 00000000000001f4"
            + ("01" + text("READ") + "00" + "00" + "ff" + "ad02")
            + ("01" + text("LATE") + "00" + "00" + "ff" + "03"));
  }

  @Test
  void failsWhereTheBytesEnd() {
    EOFException failure =
        assertThrows(
            EOFException.class,
            () ->
                WrittenFile.WrittenFileCoder.of()
                    .decode(new ByteArrayInputStream(new byte[] {5, 'a', 'b'})));

    assertThat(failure.getMessage(), is("Cannot decode 5 bytes: the stream ends after 2"));
  }

  private static Record ofMessage() {
    MessagePacker packer = new MessagePacker("t/0");
    packer.add(7, Envelope.of(OptionalLong.of(1000), null, List.of()), new byte[] {'{', '}'});
    RecordBuilder builder = new RecordBuilder(SCHEMA).set("text", "hi").set("n", 7L);
    return builder.build(1000, packer.take(), 0);
  }

  private static Record record(String original) {
    RecordBuilder builder = new RecordBuilder(SCHEMA).set("text", "hi").set("n", 7L);
    if (original == null) {
      return builder.build(1000, "a.json", 5);
    }
    byte[] bytes = ("<" + original + ">").getBytes(StandardCharsets.UTF_8);
    return builder.build(1000, "a.json", 5, bytes, 1, bytes.length - 2);
  }
}
