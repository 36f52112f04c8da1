package dev.millrace.stages.decode;

import dev.millrace.record.ArrayBuilder;
import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.decode.JsonCursor.Kind;
import java.util.List;

/** Reads the arrays of a field, element by element. */
final class JsonArray extends JsonNested {
  /** How much is listed that is wrong within one array, which may have any number of elements. */
  static final int MAX_VIOLATIONS = 1000;

  private final FieldRule rule;
  private final FieldRule elementRule;
  private final RecordBuilder parent;
  private final int field;
  private final ArrayBuilder array;
  private final Violations violations;
  private final FieldValues values;

  /** Null if the elements are neither objects nor arrays. */
  private final JsonNested nested;

  JsonArray(FieldRule rule, RecordBuilder parent, int field, Shared shared) {
    this.rule = rule;
    this.elementRule = rule.nested().get(0);
    this.parent = parent;
    this.field = field;
    array = parent.array(field);
    violations = shared.violations();
    List<FieldRule> one = rule.nested();
    values = new FieldValues(one, array.next(), violations, shared.coercion(), null);
    nested = readers(one, array.next(), shared)[0];
  }

  @Override
  boolean isNext(JsonCursor in) {
    return in.peek() == '[';
  }

  @Override
  void read(JsonCursor in) throws MalformedJson {
    int before = violations.size();
    parent.array(field);
    in.expect('[');
    if (!in.skip(']')) {
      do {
        int from = violations.size();
        element(in);
        violations.within(array.size() - 1, from);
        violations.truncate(before + MAX_VIOLATIONS);
      } while (in.skip(','));
      in.close(']');
    }
    check(rule, array, violations);
    parent.setArray(field);
  }

  private void element(JsonCursor in) throws MalformedJson {
    array.next();
    int start = in.next();
    if (nested != null && nested.isNext(in)) {
      nested.read(in);
    } else {
      Kind kind = in.value();
      if (kind == Kind.NULL) {
        if (elementRule.required()) {
          violations.missing(elementRule.name());
        }
      } else if (!values.take(0, kind, in, start)) {
        values.unreadable(0, Excerpt.of(in.array(), start, in.position()));
      }
    }
    array.addNext();
  }

  /** Checks an array that has all of its elements. */
  static void check(FieldRule rule, ArrayBuilder array, Violations violations) {
    rule.checkCount(array.size(), violations.list());
    if (rule.isOfUniqueElements()) {
      int repeated = array.repeated();
      if (repeated >= 0) {
        rule.addRepeated("the item at [" + repeated + "]", violations.list());
      }
    }
  }
}
