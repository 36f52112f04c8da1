package dev.millrace.io;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "numbers",
          RecordSchema.Field.required("na\"me", FieldType.STRING),
          RecordSchema.Field.required("integer", FieldType.INTEGER),
          RecordSchema.Field.decimal("money", 18, 2).required(),
          RecordSchema.Field.decimal("small", 18, 18).required(),
          RecordSchema.Field.required("day", FieldType.DATE));

  private final JsonText json = new JsonText();
  private final RecordBuilder builder = new RecordBuilder(SCHEMA);

  private String write(String name, long integer, long money, long small, long day) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    builder.clear();
    builder.setText(0, utf8, 0, utf8.length);
    builder.setLong(1, integer);
    builder.setLong(2, money);
    builder.setLong(3, small);
    builder.setLong(4, day);
    Record record = builder.build(0, "here", 0);
    return json.clear().record(record).toString();
  }

  @Test
  void writesNumbersAsJavaDoes() {
    Random random = new Random(18);
    long[] edges = {0, 1, -1, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE};
    long most = 999_999_999_999_999_999L;
    for (int i = 0; i < 20_000; i++) {
      long integer = i < edges.length ? edges[i] : random.nextLong() >> random.nextInt(64);
      long units = Math.max(-most, Math.min(most, integer));
      long day = random.nextLong(-20_000_000, 20_000_000);
      assertThat(
          write("", integer, units, units, day),
          is(
              "{\"na\\\"me\":\"\",\"integer\":%s,\"money\":%s,\"small\":%s,\"day\":\"%s\"}"
                  .formatted(
                      Long.toString(integer),
                      BigDecimal.valueOf(units, 2).toPlainString(),
                      BigDecimal.valueOf(units, 18).toPlainString(),
                      LocalDate.ofEpochDay(day))));
    }
  }

  @Test
  void escapesWhatWouldEndAText() {
    assertThat(
        write("\"a\\b\nc\u001f\"", 0, 0, 0, 0),
        is(
            "{\"na\\\"me\":\"\\\"a\\\\b\\u000ac\\u001f\\\"\",\"integer\":0,\"money\":0.00,"
                + "\"small\":0.000000000000000000,\"day\":\"1970-01-01\"}"));
  }

  @Test
  void writesTextsThatAreLongerThanWhatThereIsRoomFor() {
    String text = "é".repeat(5_000) + "\n".repeat(5_000);
    assertThat(
        write(text, 0, 0, 0, 0).contains("é".repeat(5_000) + "\\u000a".repeat(5_000)), is(true));
  }
}
