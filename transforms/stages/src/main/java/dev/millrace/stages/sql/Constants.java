package dev.millrace.stages.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.DataContexts;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Computes what is the same for all records once: so that it costs them nothing, and so that a date
 * that isn't one is found before any record has to answer for it.
 */
final class Constants {
  private final RexBuilder builder;
  private final RexExecutorImpl executor = new RexExecutorImpl(DataContexts.EMPTY);

  Constants(RexBuilder builder) {
    this.builder = builder;
  }

  /** The same expression with literals for its constant parts. */
  RexNode fold(RexNode expression) {
    Set<RexNode> constants = find(expression);
    if (constants.isEmpty()) {
      return expression;
    }
    List<RexNode> computed = compute(new ArrayList<>(constants));
    Map<RexNode, RexNode> literals = new HashMap<>();
    int i = 0;
    for (RexNode constant : constants) {
      literals.put(constant, computed.get(i++));
    }
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode literal = literals.get(call);
            return literal != null ? literal : super.visitCall(call);
          }
        });
  }

  private static Set<RexNode> find(RexNode expression) {
    Set<RexNode> constants = new LinkedHashSet<>();
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            if (RexUtil.isConstant(call)) {
              constants.add(call);
              return null;
            }
            return super.visitCall(call);
          }
        });
    return constants;
  }

  /** The engine computes all of them or, if one can't be, none. */
  private List<RexNode> compute(List<RexNode> constants) {
    List<RexNode> computed = new ArrayList<>();
    executor.reduce(builder, constants, computed);
    if (isLeft(constants, computed)) {
      throw new Vocabulary.Refused("cannot compute " + Excerpt.of(culprit(constants).toString()));
    }
    return computed;
  }

  @SuppressWarnings("ReferenceEquality") // what is computed may be equal: a text cast to a text
  private static boolean isLeft(List<RexNode> constants, List<RexNode> computed) {
    return computed.get(0) == constants.get(0);
  }

  private RexNode culprit(List<RexNode> constants) {
    for (RexNode constant : constants) {
      List<RexNode> computed = new ArrayList<>();
      executor.reduce(builder, List.of(constant), computed);
      if (isLeft(List.of(constant), computed)) {
        return constant;
      }
    }
    return constants.get(0);
  }
}
