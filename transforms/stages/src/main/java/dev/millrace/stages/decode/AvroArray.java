package dev.millrace.stages.decode;

import dev.millrace.record.ArrayBuilder;
import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.decode.JsonNested.Shared;
import java.util.List;
import org.apache.avro.Schema;

/** Reads the arrays of a field, element by element. */
final class AvroArray extends AvroReader {
  private final Schema elementSchema;
  private final FieldRule rule;
  private final FieldRule elementRule;
  private final RecordBuilder parent;
  private final int field;
  private final ArrayBuilder array;
  private final Violations violations;
  private final TypedValues values;
  private final AvroReader element;

  AvroArray(Schema schema, FieldRule rule, RecordBuilder parent, int field, Shared shared) {
    elementSchema = schema.getElementType();
    this.rule = rule;
    elementRule = rule.nested().get(0);
    this.parent = parent;
    this.field = field;
    array = parent.array(field);
    violations = shared.violations();
    List<FieldRule> one = rule.nested();
    values = TypedValues.of(one, array.next(), shared);
    element = of(elementSchema, elementRule, array.next(), 0, new Into(values, shared));
  }

  @Override
  Taken read(AvroCursor in) throws MalformedJson {
    int before = violations.size();
    parent.array(field);
    for (long items = in.items(); items != 0; items = in.items()) {
      for (long item = 0; item < items; item++) {
        int from = violations.size();
        element(in);
        violations.within(array.size() - 1, from);
        violations.truncate(before + JsonArray.MAX_VIOLATIONS);
      }
    }
    JsonArray.check(rule, array, violations);
    parent.setArray(field);
    return Taken.NESTED;
  }

  private void element(AvroCursor in) throws MalformedJson {
    array.next();
    int start = in.position();
    Taken taken = element.read(in);
    if (taken == Taken.NULL && elementRule.required()) {
      violations.missing(elementRule.name());
    } else if (taken == Taken.NOT) {
      values.unreadable(0, AvroJson.found(elementSchema, in, start));
    }
    array.addNext();
  }
}
