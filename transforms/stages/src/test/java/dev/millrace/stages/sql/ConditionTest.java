package dev.millrace.stages.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConditionTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "orders",
          Field.required("text", FieldType.STRING),
          Field.required("five", FieldType.INTEGER),
          Field.optional("zero", FieldType.INTEGER),
          Field.optional("nothing", FieldType.INTEGER),
          Field.optional("tenth", FieldType.NUMBER),
          Field.decimal("price", 10, 2),
          Field.optional("yes", FieldType.BOOLEAN),
          Field.optional("due", FieldType.DATE),
          Field.optional("clock", FieldType.TIME),
          Field.optional("placed", FieldType.TIMESTAMP),
          Field.optional("value", FieldType.INTEGER),
          Field.object("address", Field.optional("city", FieldType.STRING)),
          Field.object("absent", Field.required("city", FieldType.STRING)),
          Field.array("items", Field.optional("item", FieldType.STRING)));

  private static Record record() {
    RecordBuilder builder =
        new RecordBuilder(SCHEMA)
            .set("text", "\u00dcn\u00ef\ud83d\ude80")
            .set("five", 5L)
            .set("zero", 0L)
            .set("tenth", 0.1)
            .set("price", new BigDecimal("12.50"))
            .set("yes", true)
            .set("due", LocalDate.parse("2001-01-01"))
            .set("clock", LocalTime.parse("01:30:00"))
            .set("placed", Instant.parse("2001-01-01T00:00:00.123456Z"))
            .set("value", 7L);
    builder.object(SCHEMA.index("address")).set("city", "Oslo");
    return builder.setObject(SCHEMA.index("address")).build(0, "", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "five = 5 and not five <> 5 and five != 6 and five >= 5 and five < 6",
        "five in (1, 5) and five not in (1, 2) and five + 1 in (6, 7)",
        "five between 1 and 5 and five not between 6 and 7",
        "five % 2 = 1 and mod(five, 3) = 2 and five * 2 - 1 = 9 and five / 2 = 2 and -five < 0",
        "five = 5.0 and five = 5e0 and five = '5'",
        "five > -9223372036854775808 and five < 9223372036854775807",
        "tenth = 0.1 and tenth < 0.11 and tenth * 2 = 0.2 and ceil(tenth) = 1",
        "price = 12.5 and price * 2 = 25 and price > tenth and round(price) = 13",
        "yes and yes = true and yes is true and not (yes is false)",
        "case when five > 3 then yes else false end",
        "case five when 5 then 'a' else 'bcd' end || '!' = 'a!'",
        "coalesce(nothing, 3) = 3 and nullif(five, 5) is null",
        "five is distinct from nothing and nothing is not distinct from nothing",
        "upper(text) like '\u00dcN\u00cf%' and lower('ISTANBUL') || text like 'istanbul%'",
        "char_length(text) = 4 and text like '___\ud83d\ude80' and text not like '%a%'",
        "substring(text from 2 for 1) = 'n' and position('n' in text) = 2",
        "trim(both '\u00dc' from text) like 'n%' and text || 'x' like '%x'",
        "'50%' || text like '50!%%' escape '!' and not ('500' || text like '50!%%' escape '!')",
        "due = date '2001-01-01' and due > '2000-12-31' and year(due) = 2001",
        "due + interval '1' month = date '2001-02-01' and due - interval '1' day < due",
        "clock = time '01:30:00' and clock < time '12:00:00' and extract(minute from clock) = 30",
        "placed >= timestamp '2001-01-01 00:00:00' and placed < '2001-01-01 00:00:01'",
        "placed = timestamp '2001-01-01 00:00:00.123'",
        "cast(placed as date) = due and placed < due + interval '1' day",
        "timestampdiff(hour, placed, placed + interval '2' hour) = 2 and floor(placed to day) < placed",
        "cast(five as varchar) = '5' and cast('7' as integer) = \"value\"",
        "address.city = 'Oslo' and \"address\".\"city\" <> 'Bergen'",
        "power(five, 2) = 25 and sqrt(five * five) = 5 and abs(-five) = 5"
      })
  void keepsWhatIsTrue(String sql) throws Exception {
    assertThat(isBroken(sql), is(false));
    assertThat(isBroken("not (" + sql + ")"), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing > 3",
        "not (nothing > 3)",
        "nothing = nothing",
        "nothing <> nothing",
        "nothing in (1, 2)",
        "five in (1, nothing)",
        "five not in (1, null)",
        "nothing between 1 and 2",
        "yes and nothing = 1",
        "not yes or nothing = 1",
        "nothing / zero > 1",
        "absent.city = 'Oslo'",
        "absent.city like 'O%'",
        "char_length(absent.city) > 2"
      })
  void keepsWhatIsUnknown(String sql) throws Exception {
    assertThat(isBroken(sql), is(false));
    assertThat(isBroken("(" + sql + ") is null"), is(false));
    assertThat(isBroken("(" + sql + ") is true"), is(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "five / zero > 1 | five = 5, zero = 0: / by zero",
        "mod(five, zero) = 1 | five = 5, zero = 0: / by zero",
        "price / zero > 1 | price = 12.50, zero = 0: division by zero",
        "tenth / zero > 1 | tenth = 0.1, zero = 0: the result is no number",
        "sqrt(-five) > 1 | five = 5: the result is no number",
        "five + 9223372036854775807 > 0 | five = 5: long overflow",
        "five * 9223372036854775807 > 0 | five = 5: long overflow",
        "cast(text as integer) > 0 | text = \"\u00dcn\u00ef\ud83d\ude80\": for input string:"
            + " \"\u00dcn\u00ef\ud83d\ude80\"",
        "not yes or five / zero > 1 | yes = true, five = 5, zero = 0: / by zero",
        "address.city = 'Bergen' | address.city = \"Oslo\""
      })
  void saysWhatARecordHas(String sql, String found) throws Exception {
    assertThat(condition(sql).found(record()), is(found));
    assertThat(isBroken(sql), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero = 0 or five / zero > 1",
        "not (zero <> 0 and five / zero > 1)",
        "yes and (zero = 0 or five / zero > 1 or five / zero > 2)",
        "case when zero = 0 then true else five / zero > 1 end",
        "zero = 0 or mod(five, zero) = 1 or cast(text as integer) = 5"
      })
  void computesNoMoreThanItNeeds(String sql) throws Exception {
    assertThat(isBroken(sql), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select count(*) from orders | it is a query, not a condition on one record",
        "five in (select 1) | it is a query, not a condition on one record",
        "five | its type is BIGINT (expected BOOLEAN)",
        "1 = 1 | it names no field",
        "seven = 7 | unknown field seven",
        "address.zip = '1' | unknown field address.zip",
        "Five = 5 | unknown field Five",
        "five = ? | nothing gives a value for ?",
        "items = 'a' | field items is an array",
        "address is null | field address is an object",
        "count(*) > 3 | COUNT isn't among the functions of conditions on one record",
        "sum(five) over () > 3 | OVER isn't among the functions of conditions on one record",
        "rand() > tenth | RAND isn't among the functions of conditions on one record",
        "placed < current_timestamp | CURRENT_TIMESTAMP isn't among the functions of conditions on one"
            + " record",
        "due < current_date | CURRENT_DATE isn't among the functions of conditions on one record",
        "nonsense(five) | NONSENSE isn't among the functions of conditions on one record",
        "cast(placed as timestamp with local time zone) > placed"
            + " | TIMESTAMP_WITH_LOCAL_TIME_ZONE isn't among the types of conditions on one record",
        "value = 7 | value is a word of SQL (expected \"value\" for the field)",
        "five > value | value is a word of SQL (expected \"value\" for the field)",
        "five = | encountered \"= <EOF>\" at line 1, column 6",
        "five > 0; | encountered \";\" at line 1, column 9",
        "five = 'five' | cannot compute CAST(_UTF-8'five'):BIGINT NOT NULL",
        "due = 'today' | cannot compute CAST(_UTF-8'today'):DATE NOT NULL",
        "due = date '2001-02-30' | illegal DATE literal '2001-02-30': not in format 'yyyy-MM-dd'",
        "text = 5 | a string is compared to INTEGER (expected CAST)",
        "text < due | a string is compared to DATE (expected CAST)",
        "text like text | LIKE needs a literal to search for",
        "text like 'a' escape 'bc' | ESCAPE needs one character",
        "floor(yes) = 1 | cannot apply 'FLOOR' to arguments of type 'FLOOR(<BOOLEAN>)'"
      })
  void refusesWhatIsNoCondition(String sql, String reason) {
    ConditionException e = assertThrows(ConditionException.class, () -> condition(sql));
    assertThat(e.getMessage(), is(reason));
  }

  @Test
  void refusesWhatWouldBeTooLarge() {
    String deep = "it is nested too deeply";
    String large = "it is too large";
    assertRefused("(".repeat(3_000) + "yes", deep);
    assertRefused("not ".repeat(1_000) + "yes", deep);
    assertRefused("five = 1 or ".repeat(400) + "yes", deep);
    assertRefused("yes".repeat(2_000), "it is longer than 5000 characters");
    assertRefused("coalesce(".repeat(40) + "five" + ", 1)".repeat(40) + " = 1", large);
    assertRefused("case when yes then yes else ".repeat(60) + "yes" + " end".repeat(60), large);
    assertRefused(divisions(150), large);
    assertRefused(guarded(60), large);
  }

  private static String divisions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "five / %d > 6".formatted(i + 1))
        .collect(Collectors.joining(" or "));
  }

  private static String guarded(int levels) {
    String sql = "five / 2 > 1";
    for (int i = 0; i < levels; i++) {
      sql = "(%s) %s five / %d > 1".formatted(sql, i % 2 == 0 ? "or" : "and", i + 3);
    }
    return sql;
  }

  private static void assertRefused(String sql, String reason) {
    ConditionException e = assertThrows(ConditionException.class, () -> condition(sql));
    assertThat(e.getMessage(), is(reason));
  }

  @Test
  void tellsFieldsByCaseAndPath() throws Exception {
    RecordSchema schema =
        RecordSchema.of(
            "x",
            Field.required("a", FieldType.INTEGER),
            Field.required("A", FieldType.INTEGER),
            Field.required("b.c", FieldType.INTEGER),
            Field.object("b", Field.required("c", FieldType.INTEGER)));
    RecordBuilder builder = new RecordBuilder(schema).set("a", 1L).set("A", 2L).set("b.c", 3L);
    builder.object(3).set("c", 4L);
    Record record = builder.setObject(3).build(0, "", 0);

    assertThat(Condition.compile("a = 1 and A = 2", schema).isBrokenBy(record), is(false));
    assertThat(Condition.compile("\"b.c\" = 3", schema).isBrokenBy(record), is(false));
    assertThat(Condition.compile("b.c = 4", schema).isBrokenBy(record), is(false));
    ConditionException e =
        assertThrows(
            ConditionException.class, () -> Condition.compile("b.c = 4 or \"b.c\" = 3", schema));
    assertThat(e.getMessage(), is("b.c is the name of two fields"));
  }

  @Test
  void takesLongListsAndChains() throws Exception {
    assertThat(isBroken("five in (1" + ", 2".repeat(1_000) + ")"), is(true));
    assertThat(isBroken("five = 1 or ".repeat(150) + "yes"), is(false));
    assertThat(isBroken("due in ('2001-01-01'" + ", '2001-01-02'".repeat(200) + ")"), is(false));
  }

  @Test
  @Timeout(5)
  void isNotHeldUpByATextThatAlmostMatches() throws Exception {
    Record record =
        new RecordBuilder(SCHEMA).set("text", "a".repeat(200_000)).set("five", 5L).build(0, "", 0);
    assertThat(condition("text like '" + "%a".repeat(20) + "b'").isBrokenBy(record), is(true));
  }

  @Test
  void travels() throws Exception {
    Condition condition = condition("five = 5 and address.city like 'O%'");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(condition);
    }
    assertThat(copy(bytes).isBrokenBy(record()), is(false));
    assertThat(copy(bytes).found(record()), is("five = 5, address.city = \"Oslo\""));
  }

  private static Condition copy(ByteArrayOutputStream bytes)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Condition) in.readObject();
    }
  }

  private static Condition condition(String sql) throws ConditionException {
    return Condition.compile(sql, SCHEMA);
  }

  private static boolean isBroken(String sql) throws ConditionException {
    return condition(sql).isBrokenBy(record());
  }
}
