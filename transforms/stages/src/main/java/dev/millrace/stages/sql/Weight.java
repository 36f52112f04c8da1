package dev.millrace.stages.sql;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;

/**
 * How large a tree becomes in the engine, which writes out what COALESCE, NULLIF, BETWEEN, IN and
 * the like stand for, with their operands more than once. Within each other they multiply: forty
 * characters can keep the engine busy for years.
 */
final class Weight {
  /** So large that no one writes it by hand, so small that it is compiled in a second. */
  private static final long MOST = 20_000;

  private Weight() {}

  /** Refuses a tree, of a limited depth, that would become too large. */
  static void check(SqlNode tree) {
    if (of(tree) > MOST) {
      throw new Vocabulary.Refused(Vocabulary.Refused.LARGE);
    }
  }

  private static long of(SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return sum(list);
    }
    if (!(node instanceof SqlCall call)) {
      return 1;
    }
    long operands = sum(call.getOperandList());
    return Math.min(MOST + 1, 1 + times(call) * operands);
  }

  private static long sum(Iterable<SqlNode> nodes) {
    long sum = 0;
    for (SqlNode node : nodes) {
      sum = Math.min(MOST + 1, sum + of(node));
    }
    return sum;
  }

  private static long times(SqlCall call) {
    return switch (call.getKind()) {
      case COALESCE, NULLIF, BETWEEN, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, OTHER_FUNCTION -> 2;
      case IN, NOT_IN -> call.operand(0) instanceof SqlCall ? size(call.operand(1)) : 2;
      case CASE ->
          ((SqlCase) call).getValueOperand() instanceof SqlCall
              ? 1 + ((SqlCase) call).getWhenOperands().size()
              : 2;
      default -> 1;
    };
  }

  private static long size(SqlNode list) {
    return list instanceof SqlNodeList nodes ? nodes.size() : 1;
  }
}
