package dev.millrace.stages.sql;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * Replaces what the engine computes otherwise than records need it: integers that overflow without
 * a word, numbers that become infinite, LIKE by a regular expression that some texts hold up, the
 * length of texts in UTF-16; and AND and OR, which compute all of their operands, even the division
 * that the first one is there to prevent.
 */
final class SafeCalls extends RexShuttle {
  private static final Map<SqlKind, SqlOperator> CHECKED = new EnumMap<>(SqlKind.class);

  static {
    CHECKED.put(SqlKind.PLUS, SqlStdOperatorTable.CHECKED_PLUS);
    CHECKED.put(SqlKind.MINUS, SqlStdOperatorTable.CHECKED_MINUS);
    CHECKED.put(SqlKind.TIMES, SqlStdOperatorTable.CHECKED_MULTIPLY);
    CHECKED.put(SqlKind.DIVIDE, SqlStdOperatorTable.CHECKED_DIVIDE);
    CHECKED.put(SqlKind.MINUS_PREFIX, SqlStdOperatorTable.CHECKED_UNARY_MINUS);
  }

  private static final Set<SqlOperator> LENGTHS =
      Set.of(SqlStdOperatorTable.CHAR_LENGTH, SqlStdOperatorTable.CHARACTER_LENGTH);

  private static final SqlOperator FINITE = function("finite", ReturnTypes.ARG0, double.class);
  private static final SqlOperator CHAR_LENGTH =
      function("charLength", ReturnTypes.INTEGER_NULLABLE, String.class);
  private static final SqlOperator LIKE =
      function("like", ReturnTypes.BOOLEAN_NULLABLE, String.class, String.class);
  private static final SqlOperator LIKE_ESCAPE =
      function(
          "likeEscape", ReturnTypes.BOOLEAN_NULLABLE, String.class, String.class, String.class);

  private static final int MOST_NODES = 2_000;

  private final RexBuilder builder;

  SafeCalls(RexBuilder builder) {
    this.builder = builder;
  }

  private static SqlOperator function(
      String name, SqlReturnTypeInference type, Class<?>... arguments) {
    try {
      Method method = GeneratedCalls.class.getMethod(name, arguments);
      return new SqlUserDefinedFunction(
          new SqlIdentifier(name, SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          type,
          InferTypes.FIRST_KNOWN,
          null,
          ScalarFunctionImpl.create(method));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Cannot find " + name + ": it is in this package", e);
    }
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexCall call = (RexCall) super.visitCall(original);
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case AND, OR -> inOrder(call);
      case LIKE -> like(call);
      case POSITION -> {
        requireLiteral("POSITION", operands.get(0));
        yield call;
      }
      case CASE -> call;
      default ->
          LENGTHS.contains(call.getOperator())
              ? builder.makeCall(call.getType(), CHAR_LENGTH, operands)
              : arithmetic(call);
    };
  }

  private RexNode arithmetic(RexCall call) {
    RelDataType type = call.getType();
    SqlOperator checked = CHECKED.get(call.getKind());
    if (checked != null && SqlTypeName.INT_TYPES.contains(type.getSqlTypeName())) {
      return builder.makeCall(type, checked, call.getOperands());
    }
    return type.getSqlTypeName() == SqlTypeName.DOUBLE
        ? builder.makeCall(type, FINITE, List.of(call))
        : call;
  }

  private RexNode like(RexCall call) {
    List<RexNode> operands = call.getOperands();
    requireLiteral("LIKE", operands.get(1));
    if (operands.size() == 2) {
      return builder.makeCall(call.getType(), LIKE, operands);
    }
    String escape = RexLiteral.stringValue(requireLiteral("ESCAPE", operands.get(2)));
    if (escape == null || escape.length() != 1) {
      throw new Vocabulary.Refused("ESCAPE needs one character");
    }
    return builder.makeCall(call.getType(), LIKE_ESCAPE, operands);
  }

  /** Where both come from a record, to search takes too long in some. */
  private static RexNode requireLiteral(String where, RexNode operand) {
    if (!(operand instanceof RexLiteral)) {
      throw new Vocabulary.Refused(where + " needs a literal to search for");
    }
    return operand;
  }

  /** Has an operand that may fail computed only if those before it leave the answer open. */
  private RexNode inOrder(RexCall call) {
    Set<RexNode> computed = new LinkedHashSet<>();
    List<List<RexNode>> groups = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      boolean guarded = FallibleCalls.collect(operand, computed);
      if (groups.isEmpty() || guarded) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(operand);
    }
    boolean and = call.getKind() == SqlKind.AND;
    RexNode result = joined(call, groups.get(groups.size() - 1));
    for (int i = groups.size() - 2; i >= 0; i--) {
      RexNode first = joined(call, groups.get(i));
      SqlOperator decides = and ? SqlStdOperatorTable.IS_FALSE : SqlStdOperatorTable.IS_TRUE;
      result =
          builder.makeCall(
              SqlStdOperatorTable.CASE,
              builder.makeCall(decides, first),
              builder.makeLiteral(!and),
              builder.makeCall(call.getOperator(), first, result));
      requireSmall(result);
    }
    return result;
  }

  /** Each guard has what it guards with twice, and those within it four times. */
  private static void requireSmall(RexNode guarded) {
    if (guarded.nodeCount() > MOST_NODES) {
      throw new Vocabulary.Refused(Vocabulary.Refused.LARGE);
    }
  }

  private RexNode joined(RexCall call, List<RexNode> operands) {
    return operands.size() == 1 ? operands.get(0) : builder.makeCall(call.getOperator(), operands);
  }
}
