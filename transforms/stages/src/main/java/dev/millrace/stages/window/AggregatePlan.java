package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;

/**
 * An aggregate that fits its input.
 *
 * @param measures what the functions need to be added up, each once
 * @param output the schema of the results
 */
record AggregatePlan(
    RecordSchema input,
    List<String> by,
    List<Function> functions,
    List<Measure> measures,
    RecordSchema output)
    implements Serializable {

  static AggregatePlan of(RecordSchema input, List<String> by, List<Function> functions) {
    List<RecordSchema.Field> fields = new ArrayList<>();
    by.forEach(name -> fields.add(input.field(input.index(name))));
    fields.add(RecordSchema.Field.required("window_start", FieldType.TIMESTAMP));
    fields.add(RecordSchema.Field.required("window_end", FieldType.TIMESTAMP));
    for (Function function : functions) {
      function.check(input);
      fields.add(function.result(input));
    }
    List<Measure> measures =
        functions.stream()
            .filter(function -> function.field() != null)
            .map(function -> function.measure(input))
            .distinct()
            .toList();
    RecordSchema output = RecordSchema.of(input.name() + "_aggregate", fields);
    return new AggregatePlan(input, by, functions, measures, output);
  }

  /** A reader of the values that a group has in common. */
  KeyBytes groupBytes() {
    return KeyBytes.of(input, by);
  }

  TotalsCoder totalsCoder() {
    return new TotalsCoder(measures);
  }

  int[] measureFields() {
    return input.indexes(measures.stream().map(Measure::field).toList());
  }

  /** The result for a group and window. */
  Record result(byte[] group, IntervalWindow window, Totals totals) {
    RecordBuilder builder = new RecordBuilder(output);
    groupBytes().restore(group, builder);
    int field = by.size();
    builder.setLong(field++, window.start().getMillis() * 1000);
    builder.setLong(field++, window.end().getMillis() * 1000);
    for (Function function : functions) {
      if (function.kind() == Function.Kind.COUNT) {
        builder.setLong(field++, totals.records());
      } else {
        totals.of(measures.indexOf(function.measure(input))).write(function, builder, field++);
      }
    }
    return builder.build(window.start().getMillis(), "", -1);
  }
}
