package dev.millrace.stages.sql;

import dev.millrace.record.RecordSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Compiles the text of a condition to Java source, by way of the engine's trees. */
final class ConditionCompiler {
  /** So long that no one reads it, so short that it is soon compiled. */
  private static final int LONGEST = 5_000;

  private static final Pattern QUERY =
      Pattern.compile(
          "[\\s(]*(SELECT|WITH|VALUES)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The words that the parser stopped at. */
  private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"([^\"]*)\"");

  private static final SqlParser.Config SYNTAX =
      SqlParser.config()
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withConformance(SqlConformanceEnum.LENIENT);

  /** IN is a comparison, however long its list; otherwise a long one would become a join. */
  private static final SqlToRelConverter.Config COMPARING =
      SqlToRelConverter.config().withInSubQueryThreshold(Integer.MAX_VALUE);

  private final RecordSchema schema;
  private final SqlTypes types = new SqlTypes();
  private final RexBuilder builder = new RexBuilder(types);

  private ConditionCompiler(RecordSchema schema) {
    this.schema = schema;
  }

  static Condition compile(String sql, RecordSchema schema) throws ConditionException {
    if (sql.length() > LONGEST) {
      throw new ConditionException("it is longer than %d characters".formatted(LONGEST), null);
    }
    ConditionCompiler compiler = new ConditionCompiler(schema);
    SqlNode parsed = compiler.parse(sql);
    return orExplain(() -> compiler.compile(parsed));
  }

  /** Makes a reason of whatever the engine throws: there is no end to the kinds. */
  static <T> T orExplain(Supplier<T> step) throws ConditionException {
    try {
      return step.get();
    } catch (StackOverflowError e) {
      throw new ConditionException(Vocabulary.Refused.DEEP, e);
    } catch (RuntimeException | AssertionError e) {
      boolean large = e.getMessage() != null && e.getMessage().contains("64 KB");
      throw new ConditionException(large ? Vocabulary.Refused.LARGE : Excerpt.reason(e), e);
    }
  }

  private SqlNode parse(String sql) throws ConditionException {
    if (QUERY.matcher(sql).matches()) {
      throw new ConditionException(Vocabulary.Refused.QUERY, null);
    }
    try {
      return SqlParser.create(sql, SYNTAX).parseExpression();
    } catch (SqlParseException e) {
      throw new ConditionException(reason(e), e);
    }
  }

  private String reason(SqlParseException e) {
    if (e.getCause() instanceof StackOverflowError) {
      return Vocabulary.Refused.DEEP;
    }
    Matcher encountered = ENCOUNTERED.matcher(e.getMessage());
    return encountered.lookingAt()
        ? Arrays.stream(encountered.group(1).split(" ", -1))
            .filter(schema::has)
            .findFirst()
            .map("%1$s is a word of SQL (expected \"%1$s\" for the field)"::formatted)
            .orElse(Excerpt.reason(e))
        : Excerpt.reason(e);
  }

  private Condition compile(SqlNode parsed) {
    Vocabulary vocabulary = new Vocabulary(schema);
    SqlNode resolved = parsed.accept(vocabulary);
    Weight.check(resolved);
    List<Column> columns = vocabulary.columns();
    if (columns.isEmpty()) {
      throw new Vocabulary.Refused("it names no field");
    }
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(column -> row.add(column.name(), types.of(column)));
    RelDataType rowType = row.build();
    RexNode condition = convert(resolved, rowType);
    if (condition.getType().getSqlTypeName() != SqlTypeName.BOOLEAN) {
      throw new Vocabulary.Refused(
          "its type is %s (expected BOOLEAN)".formatted(condition.getType().getSqlTypeName()));
    }
    RexNode safe = new Constants(builder).fold(condition.accept(new SafeCalls(builder)));
    return new Condition(
        columns, RexExecutorImpl.getExecutable(builder, List.of(safe), rowType).getSource());
  }

  private RexNode convert(SqlNode resolved, RelDataType rowType) {
    Map<String, RexNode> fields = new LinkedHashMap<>();
    Map<String, RelDataType> fieldTypes = new LinkedHashMap<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      fields.put(field.getName(), builder.makeInputRef(field.getType(), field.getIndex()));
      fieldTypes.put(field.getName(), field.getType());
    }
    CalciteCatalogReader noTables = noTables();
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            SqlStdOperatorTable.instance(),
            noTables,
            types,
            SqlValidator.Config.DEFAULT.withConformance(SqlConformanceEnum.LENIENT));
    SqlNode valid = validator.validateParameterizedExpression(resolved, fieldTypes);
    valid.accept(new ImplicitCasts(validator));
    return new SqlToRelConverter(
            null, validator, noTables, noPlan(), StandardConvertletTable.INSTANCE, COMPARING)
        .convertExpression(valid, fields);
  }

  private CalciteCatalogReader noTables() {
    return new CalciteCatalogReader(
        CalciteSchema.createRootSchema(false), List.of(), types, CalciteConnectionConfig.DEFAULT);
  }

  private RelOptCluster noPlan() {
    return RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), builder);
  }
}
