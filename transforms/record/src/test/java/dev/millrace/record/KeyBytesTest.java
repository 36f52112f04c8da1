package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.RecordSchema.Field;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyBytesTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "t",
          Field.optional("a", FieldType.STRING),
          Field.optional("n", FieldType.INTEGER),
          Field.optional("b", FieldType.STRING));

  private final KeyBytes key = KeyBytes.of(SCHEMA, List.of("b", "n", "a"));

  @Test
  void hasAFormatThatRunningJobsCanRestoreFrom() {
    assertThat(
        HexFormat.of().formatHex(bytes("hi", 7L, null)),
        is("00" + "010700000000000000" + "01020000006869"));
  }

  @Test
  void tellsTextsApartThatMeetElsewhere() {
    assertThat(bytes("ab", 0L, "c"), not(equalTo(bytes("b", 0L, "ca"))));
    assertThat(bytes("", null, null), not(equalTo(bytes(null, null, ""))));
    assertThat(bytes("a", null, null), not(equalTo(bytes("a", 0L, null))));
  }

  @Test
  void readsOneRecordAfterTheOther() {
    bytes("x".repeat(1000), 1L, "y");

    assertThat(bytes("a", 2L, "b"), equalTo(bytes("a", 2L, "b")));
    assertThat(key.length(), is(6 + 9 + 6));
  }

  @Test
  void restoresTheValues() {
    RecordSchema output =
        RecordSchema.of(
            "o",
            Field.optional("b", FieldType.STRING),
            Field.optional("n", FieldType.INTEGER),
            Field.optional("a", FieldType.STRING),
            Field.optional("more", FieldType.STRING));
    RecordBuilder builder = new RecordBuilder(output);
    byte[] bytes = bytes("hi", null, "ho");

    key.restore(bytes, builder);

    assertThat(
        builder.build(0, "", -1),
        equalTo(new RecordBuilder(output).set("b", "ho").set("a", "hi").build(0, "", -1)));
  }

  @Test
  void isEmptyWithoutFields() {
    KeyBytes none = KeyBytes.of(SCHEMA, List.of());
    none.read(new RecordBuilder(SCHEMA).set("a", "hi").build(0, "", -1));

    assertThat(none.length(), is(0));
  }

  @Test
  void refusesAFieldThatThereIsNot() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> KeyBytes.of(SCHEMA, List.of("a", "c")));

    assertThat(failure.getMessage(), is("Cannot find field c in t: its fields are [a, n, b]"));
  }

  private byte[] bytes(String a, Long n, String b) {
    key.read(new RecordBuilder(SCHEMA).set("a", a).set("n", n).set("b", b).build(0, "", -1));
    return key.copy();
  }
}
