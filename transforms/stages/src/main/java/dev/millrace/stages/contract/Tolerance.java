package dev.millrace.stages.contract;

import dev.millrace.record.Expectation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rule of a field that is counted, before it is known where in a record the field is.
 *
 * @param expectation without the field
 * @param nulls whether it counts records without a value
 * @param limits what it limits values to; null if to nothing
 */
record Tolerance(Expectation expectation, boolean nulls, FieldRule limits) implements Serializable {

  /** The counted rules of fields and of all that is in them. */
  static List<CountedRule> rules(List<FieldRule> fields) {
    List<CountedRule> rules = new ArrayList<>();
    add(fields, "", new int[0], rules);
    return rules;
  }

  private static void add(
      List<FieldRule> fields, String parent, int[] path, List<CountedRule> out) {
    for (int i = 0; i < fields.size(); i++) {
      FieldRule field = fields.get(i);
      String separator = parent.isEmpty() || field.name().isEmpty() ? "" : ".";
      // What an array consists of has no name.
      String name = field.name().isEmpty() ? parent + "[]" : parent + separator + field.name();
      int[] place = Arrays.copyOf(path, path.length + 1);
      place[path.length] = i;
      field.tolerances().forEach(each -> out.add(each.at(name, place)));
      add(field.nested(), name, place, out);
    }
  }

  private CountedRule at(String field, int[] path) {
    return new CountedRule(expectation.withField(field), new ValueTest(path, nulls, limits));
  }
}
