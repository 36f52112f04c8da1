package dev.millrace.stages.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * Refuses the casts of texts to other types that no one wrote. The validator adds them where a
 * string is compared to a number: most records would break such a condition, for no fault of
 * theirs. A literal is known to be good, or not, before there are records.
 */
final class ImplicitCasts extends SqlBasicVisitor<Void> {
  private final SqlValidator validator;

  ImplicitCasts(SqlValidator validator) {
    this.validator = validator;
  }

  @Override
  public Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.CAST && isAdded(call)) {
      SqlNode operand = call.operand(0);
      RelDataType to = validator.getValidatedNodeTypeIfKnown(call);
      RelDataType from = validator.getValidatedNodeTypeIfKnown(operand);
      if (!(operand instanceof SqlLiteral)
          && SqlTypeUtil.isCharacter(from)
          && !SqlTypeUtil.isCharacter(to)) {
        throw new Vocabulary.Refused(
            "a string is compared to %s (expected CAST)".formatted(to.getSqlTypeName()));
      }
    }
    return super.visit(call);
  }

  /** What the validator adds has no place in the text but that of its operand. */
  private static boolean isAdded(SqlCall cast) {
    SqlParserPos place = cast.getParserPosition();
    return place.equals(SqlParserPos.ZERO) || place.equals(cast.operand(0).getParserPosition());
  }
}
