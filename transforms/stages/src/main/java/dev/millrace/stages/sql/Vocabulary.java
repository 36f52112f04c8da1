package dev.millrace.stages.sql;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Lets through the part of SQL that one record decides, in the same way everywhere, and finds its
 * fields. What isn't named here isn't executed: functions that ask a clock, a zone or chance, those
 * of many records, and those whose cost has no limit.
 */
final class Vocabulary extends SqlShuttle {
  private static final Set<String> OPERATORS =
      Set.of(
          "AND",
          "OR",
          "NOT",
          "=",
          "<>",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "+",
          "-",
          "*",
          "/",
          "%",
          "||",
          "IN",
          "NOT IN",
          "LIKE",
          "NOT LIKE",
          "CASE",
          "CAST");

  /** They come in several forms, all of them of one record. */
  private static final List<String> OPERATOR_FAMILIES = List.of("BETWEEN", "NOT BETWEEN", "IS ");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "COALESCE",
          "NULLIF",
          "UPPER",
          "LOWER",
          "TRIM",
          "SUBSTRING",
          "POSITION",
          "CHAR_LENGTH",
          "CHARACTER_LENGTH",
          "ABS",
          "MOD",
          "FLOOR",
          "CEIL",
          "ROUND",
          "TRUNCATE",
          "POWER",
          "SQRT",
          "EXTRACT",
          "YEAR",
          "MONTH",
          "HOUR",
          "MINUTE",
          "SECOND",
          "TIMESTAMPDIFF");

  private static final Set<String> TYPES =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "DECIMAL",
          "FLOAT",
          "DOUBLE",
          "BOOLEAN",
          "CHAR",
          "VARCHAR",
          "DATE",
          "TIME",
          "TIMESTAMP");

  /** So deep that no one writes it by hand, so flat that the engine can walk over it. */
  private static final int MOST_LEVELS = 200;

  private final RecordSchema schema;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private int level;

  Vocabulary(RecordSchema schema) {
    this.schema = schema;
  }

  /** The fields that were met, in their order. */
  List<Column> columns() {
    return new ArrayList<>(columns.values());
  }

  @Override
  public SqlNode visit(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.WITH) {
      throw new Refused(Refused.QUERY);
    }
    if (!OPERATORS.contains(name)
        && !FUNCTIONS.contains(name)
        && OPERATOR_FAMILIES.stream().noneMatch(name::startsWith)) {
      throw notAmong("functions", name);
    }
    if (++level > MOST_LEVELS) {
      throw new Refused(Refused.DEEP);
    }
    SqlNode visited = super.visit(call);
    level--;
    return visited;
  }

  /** A path in the record becomes one name, which the engine needn't take apart. */
  @Override
  public SqlNode visit(SqlIdentifier identifier) {
    String name = String.join(".", identifier.names);
    Column column = Column.find(schema, identifier.names).orElseThrow(() -> unknown(name));
    FieldType type = column.field().type();
    if (type == FieldType.OBJECT || type == FieldType.ARRAY) {
      throw new Refused(
          "field %s is an %s".formatted(Excerpt.of(name), type.name().toLowerCase(Locale.ROOT)));
    }
    columns.merge(name, column, Vocabulary::same);
    return new SqlIdentifier(name, identifier.getParserPosition());
  }

  /** Some functions are written without parentheses, such as CURRENT_DATE. */
  private static Refused unknown(String name) {
    String word = name.toUpperCase(Locale.ROOT);
    return SqlStdOperatorTable.instance().getOperatorList().stream()
            .anyMatch(operator -> operator.getName().equals(word))
        ? notAmong("functions", word)
        : new Refused("unknown field " + Excerpt.of(name));
  }

  private static Refused notAmong(String known, String name) {
    return new Refused(
        "%s isn't among the %s of conditions on one record".formatted(Excerpt.of(name), known));
  }

  private static Column same(Column one, Column other) {
    if (one.path().length != other.path().length) {
      throw new Refused("%s is the name of two fields".formatted(Excerpt.of(one.name())));
    }
    return one;
  }

  @Override
  public SqlNode visit(SqlDataTypeSpec type) {
    String name = type.getTypeName().getSimple().toUpperCase(Locale.ROOT);
    if (!TYPES.contains(name) || type.getTimeZone() != null) {
      throw notAmong("types", name);
    }
    return type;
  }

  @Override
  public SqlNode visit(SqlDynamicParam parameter) {
    throw new Refused("nothing gives a value for ?");
  }

  /** Thrown through the visitors of the engine, which have no other way to be stopped. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String QUERY = "it is a query, not a condition on one record";
    static final String DEEP = "it is nested too deeply";
    static final String LARGE = "it is too large";

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }
}
