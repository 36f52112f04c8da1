package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.millrace.record.RecordSchema.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of("t", Field.optional("text", FieldType.STRING));

  private final RecordBlock.Packer packer = new RecordBlock.Packer();

  @Test
  void unpacksWhatWasPackedInOrder() {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] original = "x".repeat(i % 7).getBytes(StandardCharsets.UTF_8);
      RecordBuilder builder = new RecordBuilder(SCHEMA);
      if (i % 3 > 0) {
        builder.set("text", "é".repeat(i % 50));
      }
      records.add(
          i % 2 == 0
              ? builder.build(i - 250, "s" + i % 3, i)
              : builder.build(i - 250, "s" + i % 3, i, original, 0, original.length));
    }
    records.forEach(packer::add);

    assertThat(unpack(packer.take()), equalTo(records));
  }

  @Test
  void startsAnewAfterABlockIsTaken() {
    Record first = new RecordBuilder(SCHEMA).set("text", "first").build(1, "a", 1);
    Record second = new RecordBuilder(SCHEMA).set("text", "second").build(2, "b", 2);
    packer.add(first);
    RecordBlock block = packer.take();
    assertThat(packer.byteSize(), is(0));
    packer.add(second);
    RecordBlock next = packer.take();

    assertThat(unpack(block), equalTo(List.of(first)));
    assertThat(unpack(next), equalTo(List.of(second)));
    assertThat(next, not(equalTo(block)));
    assertThat(packer.take().byteSize(), is(0));
  }

  @Test
  void takesARecordThatIsLargerThanAllBefore() {
    Record large = new RecordBuilder(SCHEMA).set("text", "x".repeat(100_000)).build(1, "a", 1);
    packer.add(large);

    assertThat(packer.byteSize(), is(28 + 16 + 100_000));
    assertThat(unpack(packer.take()), equalTo(List.of(large)));
  }

  @Test
  void takesRecordsThatCannotBeCompressed() {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    random.ints(20_000, 0x4e00, 0x9fff).forEach(text::appendCodePoint);
    Record record = new RecordBuilder(SCHEMA).set("text", text.toString()).build(1, "a", 1);
    packer.add(record);
    RecordBlock block = packer.take();

    assertThat(unpack(block), equalTo(List.of(record)));
  }

  @Test
  void givesItsRecordsWithoutABlockUntilItIsCleared() {
    Record record = new RecordBuilder(SCHEMA).set("text", "first").build(1, "a", 1);
    packer.add(record);
    List<Record> records = new ArrayList<>();
    packer.forEach(SCHEMA, records::add);
    assertThat(records, equalTo(List.of(record)));

    packer.clear();
    assertThat(packer.byteSize(), is(0));
    packer.forEach(SCHEMA, r -> fail("a record is left: " + r));
  }

  @Test
  void dividesLinesIntoRawRecords() {
    RawBlock block = RawBlock.ofLines("a.json", "é", "", "xyz");

    assertThat(block.size(), is(3));
    assertThat(block.raw(0), is(new RawRecord("a.json", 0, "é".getBytes(StandardCharsets.UTF_8))));
    assertThat(block.raw(1), is(new RawRecord("a.json", 3, new byte[0])));
    assertThat(
        block.raw(2), is(new RawRecord("a.json", 4, "xyz".getBytes(StandardCharsets.UTF_8))));
    assertThat(block.toString(), is("a.json@0: 3 records"));
  }

  @Test
  void makesABlockOfOneRawRecord() {
    RawRecord raw = new RawRecord("topic-0", 12, new byte[] {1, 2, 3});
    RawBlock block = RawBlock.of(raw);

    assertThat(block.size(), is(1));
    assertThat(block.raw(0), is(raw));
  }

  @Test
  void packsMessagesWithWhatTheyHaveBesideTheirValues() {
    Envelope plain = Envelope.of(OptionalLong.empty(), null, List.of());
    Envelope full =
        Envelope.of(
            OptionalLong.of(5),
            new byte[] {0, -1},
            List.of(
                new Envelope.Header("é", new byte[] {-128}),
                new Envelope.Header("é", null),
                new Envelope.Header("", new byte[0])));
    Envelope tombstone = Envelope.ofTombstone(OptionalLong.of(0), new byte[0], List.of());
    MessagePacker messages = new MessagePacker("t/3");
    messages.add(10, plain, new byte[] {1, 2});
    messages.add(12, full, new byte[0]);
    messages.add(1L << 40, tombstone, null);
    assertThat(messages.size(), is(3));
    assertThat(messages.byteSize(), greaterThan(3 * 29));
    RawBlock block = messages.take();

    assertThat(messages.size(), is(0));
    assertThat(block.isOfMessages(), is(true));
    assertThat(block.toString(), is("t/3@10: 3 records"));
    assertThat(block.raw(0), is(new RawRecord("t/3", 10, new byte[] {1, 2}, plain)));
    assertThat(block.raw(1), is(new RawRecord("t/3", 12, new byte[0], full)));
    assertThat(block.raw(2), is(new RawRecord("t/3", 1L << 40, new byte[0], tombstone)));
    assertThat(block.isTombstone(1), is(false));
    assertThat(block.isTombstone(2), is(true));
    assertThat(block.raw(1).envelope().toString(), is("key of 2 bytes, 3 headers"));
    assertThat(block.raw(0), not(is(new RawRecord("t/3", 10, new byte[] {1, 2}))));
  }

  @Test
  void startsAnewAfterABlockOfMessagesIsTaken() {
    MessagePacker messages = new MessagePacker("t/3");
    for (int block = 0; block < 2; block++) {
      for (int i = 0; i < 100; i++) {
        messages.add(i, Envelope.of(OptionalLong.of(i), null, List.of()), new byte[100]);
      }
      assertThat(messages.take().raw(99).offset(), is(99L));
    }
  }

  @Test
  void keepsAMessageWithTheRecordThatIsMadeOfIt() {
    Envelope envelope = Envelope.of(OptionalLong.of(5), new byte[] {7}, List.of());
    MessagePacker messages = new MessagePacker("t/3");
    messages.add(10, envelope, new byte[] {1, 2});
    messages.add(11, envelope, new byte[0]);
    RawBlock block = messages.take();
    for (int i = 0; i < 2; i++) {
      packer.add(new RecordBuilder(SCHEMA).set("text", "x").build(1, block, i));
    }
    List<Record> records = unpack(packer.take());

    for (int i = 0; i < 2; i++) {
      assertThat(records.get(i).raw(), is(block.raw(i)));
      assertThat(records.get(i).original(), is(block.raw(i).payload()));
      assertThat(records.get(i).value("text"), is("x"));
      assertThat(records.get(i).withoutOriginal().hasOriginal(), is(false));
    }
  }

  @Test
  void keepsAnEnvelopeWithoutTheMessage() {
    Envelope envelope = Envelope.of(OptionalLong.of(5), new byte[] {7}, List.of());
    MessagePacker messages = new MessagePacker("t/3");
    messages.add(10, envelope, new byte[] {'x', 'y'});
    RawBlock block = messages.take();
    RecordBuilder builder = new RecordBuilder(SCHEMA).setText(0, block.array(), 0, 2);
    packer.add(builder.buildWithEnvelope(1, block, 0));
    packer.add(builder.build(1, block, 0).withoutPayload());
    packer.add(builder.set("text", "z").build(1, block, 0).withoutPayload());
    packer.add(builder.buildWithEnvelope(1, RawBlock.ofLines("one", "xy"), 0));
    List<Record> records = unpack(packer.take());

    assertThat(records.get(0), is(records.get(1)));
    assertThat(records.get(1).value("text"), is("xy"));
    assertThat(records.get(2).value("text"), is("z"));
    for (Record record : records.subList(0, 3)) {
      assertThat(record.envelope(), is(Optional.of(envelope)));
      assertThat(record.hasOriginal(), is(false));
      assertThat(record.original(), is(new byte[0]));
      assertThat(record.withoutPayload(), is(record));
      assertThat(record.withoutOriginal().envelope(), is(Optional.empty()));
    }
    assertThat(records.get(3).envelope(), is(Optional.empty()));
    assertThat(records.get(3).hasOriginal(), is(false));
  }

  @Test
  void refusesAMessageThatIsHalfATombstone() {
    MessagePacker messages = new MessagePacker("t/3");
    IllegalArgumentException missing =
        assertThrows(
            IllegalArgumentException.class,
            () -> messages.add(1, Envelope.of(OptionalLong.empty(), null, List.of()), null));
    assertThat(
        missing.getMessage(), is("Invalid message: no value (expected one, or a tombstone)"));
    IllegalArgumentException extra =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                messages.add(
                    1, Envelope.ofTombstone(OptionalLong.empty(), null, List.of()), new byte[0]));
    assertThat(extra.getMessage(), is("Invalid message: a value (expected none in a tombstone)"));
  }

  @Test
  void refusesStartsWithoutEnds() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> RawBlock.of("a", 0, new byte[9], new int[] {0, 3}, new int[] {2}));

    assertThat(failure.getMessage(), is("Invalid block: 2 starts (expected as many as ends, 1)"));
  }

  private static List<Record> unpack(RecordBlock block) {
    List<Record> records = new ArrayList<>();
    block.forEach(SCHEMA, records::add);
    return records;
  }
}
