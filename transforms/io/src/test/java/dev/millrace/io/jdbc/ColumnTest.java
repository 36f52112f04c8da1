package dev.millrace.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "STRING; text; true",
        "STRING; character varying; true",
        "STRING; character varying(3); true",
        "STRING; character(3); false",
        "STRING; jsonb; false",
        "INTEGER; bigint; true",
        "INTEGER; smallint; true",
        "INTEGER; numeric; true",
        "INTEGER; numeric(5,0); true",
        "INTEGER; numeric(5,-2); false",
        "INTEGER; double precision; false",
        "NUMBER; double precision; true",
        "NUMBER; real; false",
        "NUMBER; numeric; false",
        "DECIMAL; numeric; true",
        "DECIMAL; numeric(9,2); true",
        "DECIMAL; numeric(4,3); true",
        "DECIMAL; numeric(12,1); false",
        "DECIMAL; bigint; false",
        "DECIMAL; money; false",
        "BOOLEAN; boolean; true",
        "BOOLEAN; bigint; false",
        "DATE; date; true",
        "DATE; timestamp with time zone; false",
        "TIME; time without time zone; true",
        "TIME; time(3) without time zone; false",
        "TIMESTAMP; timestamp with time zone; true",
        "TIMESTAMP; timestamp without time zone; true",
        "TIMESTAMP; timestamp(3) with time zone; false",
        "TIMESTAMP; date; false",
        "OBJECT; jsonb; true",
        "OBJECT; json; false",
        "ARRAY; jsonb; true",
        "ARRAY; bigint[]; false",
      })
  void takesColumnsThatKeepValuesAsTheyAre(FieldType type, String stored, boolean fits) {
    Field field =
        switch (type) {
          case DECIMAL -> Field.decimal("f", 9, 2);
          case OBJECT -> Field.object("f", Field.optional("a", FieldType.INTEGER));
          case ARRAY -> Field.array("f", Field.optional("a", FieldType.INTEGER));
          default -> Field.optional("f", type);
        };
    assertThat(new Column(0, field).fits(stored), is(fits));
    assertThat(new Column(0, field).fits(new Column(0, field).type()), is(true));
  }
}
