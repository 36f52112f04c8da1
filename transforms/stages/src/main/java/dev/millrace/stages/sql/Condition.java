package dev.millrace.stages.sql;

import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rex.RexExecutable;

/**
 * A condition on one record: a boolean expression of SQL over its fields. As in a CHECK constraint,
 * only FALSE breaks it, and what is unknown because a value is null does not.
 *
 * <p>Fields are named as the schema has them, in double quotes where the name is a word of SQL, and
 * those of objects by their path: {@code address.city}. A string is a VARCHAR, an integer a BIGINT,
 * a number a DOUBLE, a timestamp a TIMESTAMP in UTC; the other types go by their names. Dates and
 * times count in whole milliseconds: further digits are cut off. There are the comparisons, AND,
 * OR, NOT, IN, BETWEEN, LIKE, IS NULL, IS TRUE, IS DISTINCT FROM, CASE, CAST, COALESCE, NULLIF, the
 * arithmetic also of dates and intervals, {@code ||}, UPPER, LOWER, TRIM, SUBSTRING, POSITION,
 * CHAR_LENGTH, ABS, MOD, FLOOR, CEIL, ROUND, TRUNCATE, POWER, SQRT, EXTRACT, YEAR, MONTH, HOUR,
 * MINUTE, SECOND and TIMESTAMPDIFF. Nothing that asks a clock, a zone, chance or another record.
 * CHAR_LENGTH and LIKE count code points, SUBSTRING and POSITION the units of UTF-16.
 *
 * <p>A record for which it can't be computed (a division by zero, an integer beyond 64 bits, a
 * number beyond all doubles, a text that is no number where one is cast) breaks it; AND, OR and
 * CASE compute from left to right, and no more than they need.
 *
 * <p>Immutable and safe to share between threads. A simple one costs a tenth of a microsecond a
 * record, and reads only the fields that it names. It travels as Java source, which is compiled
 * when the first record is tested.
 */
public final class Condition implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Column> columns;
  private final String code;
  private transient volatile Function1<DataContext, Object[]> compiled;

  Condition(List<Column> columns, String code) {
    this.columns = List.copyOf(columns);
    this.code = code;
  }

  /**
   * Compiles an expression over the fields of a schema.
   *
   * @throws ConditionException if it isn't one that can be decided from a record alone
   */
  public static Condition compile(String sql, RecordSchema schema) throws ConditionException {
    Condition condition = ConditionCompiler.compile(sql, schema);
    ConditionCompiler.orExplain(condition::program);
    return condition;
  }

  /** Whether it is false for a record, or can't be computed. */
  public boolean isBrokenBy(Record record) {
    Function1<DataContext, Object[]> program = program();
    try {
      return Boolean.FALSE.equals(program.apply(new RecordValues(columns, record))[0]);
    } catch (RuntimeException e) {
      // Thrown by no more than arithmetic and casts of this record's values: a data error.
      return true;
    }
  }

  /**
   * What a record has that breaks it, on one line: {@code price = 5, count = 0}; where it can't be
   * computed, with why. It allocates: for rejects.
   */
  public String found(Record record) {
    String values =
        columns.stream().map(column -> column.shown(record)).collect(Collectors.joining(", "));
    try {
      program().apply(new RecordValues(columns, record));
      return values;
    } catch (RuntimeException e) {
      return values + ": " + Excerpt.reason(e);
    }
  }

  private Function1<DataContext, Object[]> program() {
    Function1<DataContext, Object[]> program = compiled;
    if (program == null) {
      program = new RexExecutable(code, "a condition").getFunction();
      compiled = program;
    }
    return program;
  }
}
