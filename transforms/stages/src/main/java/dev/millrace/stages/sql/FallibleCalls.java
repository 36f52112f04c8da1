package dev.millrace.stages.sql;

import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/** Finds the calls that can't be computed for some values. */
final class FallibleCalls extends RexVisitorImpl<Void> {
  private static final Set<SqlKind> SURE =
      EnumSet.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.CASE,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE);

  private static final Set<String> SURE_FUNCTIONS =
      Set.of("like", "likeEscape", "charLength", "UPPER", "LOWER", "TRIM");

  private final Set<RexNode> found;

  private FallibleCalls(Set<RexNode> found) {
    super(true);
    this.found = found;
  }

  /** Adds those of an expression to others, and tells whether there were new ones. */
  static boolean collect(RexNode expression, Set<RexNode> to) {
    int before = to.size();
    expression.accept(new FallibleCalls(to));
    return to.size() > before;
  }

  @Override
  public Void visitCall(RexCall call) {
    boolean sure =
        SURE.contains(call.getKind())
            || call.isA(SqlKind.COMPARISON)
            || SURE_FUNCTIONS.contains(call.getOperator().getName());
    if (!sure) {
      found.add(call);
    }
    return super.visitCall(call);
  }
}
