package dev.millrace.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.RecordSchema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpsertTest {
  private static final RecordSchema SCHEMA =
      RecordSchema.of(
          "t",
          Field.required("id", FieldType.STRING),
          Field.required("at", FieldType.TIMESTAMP),
          Field.decimal("price", 9, 2),
          Field.optional("a\"; DROP TABLE t; --", FieldType.BOOLEAN));

  private static StoredTable stored(Upsert upsert) {
    Map<String, StoredTable.StoredColumn> columns = new HashMap<>();
    upsert
        .columns()
        .forEach(
            column ->
                columns.put(
                    column.name(),
                    new StoredTable.StoredColumn(column.type(), false, false, false)));
    return new StoredTable(columns, Set.of(Set.copyOf(upsert.key())));
  }

  @Test
  void isOneStatementWithOneParameterAColumn() {
    Upsert upsert = new Upsert("shop.t", SCHEMA, List.of("id"), "at");
    assertThat(
        upsert.statement(stored(upsert)),
        is(
            "INSERT INTO \"shop\".\"t\" AS stored (\"id\", \"at\", \"price\", \"a\"\"; DROP TABLE t; --\")"
                + " SELECT v0,"
                + " (timestamp '1970-01-01' + v1 / 86400000000 * interval '1 day' + v1 % 86400000000 * interval '1 microsecond') AT TIME ZONE 'UTC',"
                + " v2 * 1e-2::numeric, v3"
                + " FROM unnest(?::text[], ?::int8[], ?::int8[], ?::bool[]) AS sent(v0, v1, v2, v3)"
                + " ON CONFLICT (\"id\") DO UPDATE SET \"at\" = excluded.\"at\", \"price\" = excluded.\"price\","
                + " \"a\"\"; DROP TABLE t; --\" = excluded.\"a\"\"; DROP TABLE t; --\""
                + " WHERE ROW(excluded.\"at\", excluded.\"price\", excluded.\"a\"\"; DROP TABLE t; --\")::record"
                + " > ROW(stored.\"at\", stored.\"price\", stored.\"a\"\"; DROP TABLE t; --\")::record"));
  }

  @Test
  void leavesARowThatIsAllKey() {
    RecordSchema pair =
        RecordSchema.of(
            "pair", Field.required("a", FieldType.INTEGER), Field.required("b", FieldType.INTEGER));
    Upsert upsert = new Upsert("pair", pair, List.of("b", "a"), "");
    assertThat(
        upsert.statement(stored(upsert)),
        is(
            "INSERT INTO \"pair\" AS stored (\"a\", \"b\") SELECT v0, v1 FROM unnest(?::int8[], ?::int8[]) AS sent(v0, v1) ON CONFLICT (\"b\", \"a\") DO NOTHING"));
  }

  @Test
  void refusesKeysAndVersionsThatMayBeNullOrHaveNoOrder() {
    assertThat(
        message("price", ""), is("Invalid key: price may be null (expected required fields)"));
    assertThat(
        message("none", ""),
        is("Cannot find field none in t: its fields are [id, at, price, a\"; DROP TABLE t; --]"));
    assertThat(
        message("id", "price"),
        is(
            "Invalid version: price DECIMAL(9,2)? (expected a required integer, decimal, date, time or timestamp)"));
    assertThat(
        message("at", "id"),
        is(
            "Invalid version: id STRING (expected a required integer, decimal, date, time or timestamp)"));
  }

  private static String message(String key, String version) {
    return assertThrows(
            IllegalArgumentException.class, () -> new Upsert("t", SCHEMA, List.of(key), version))
        .getMessage();
  }
}
