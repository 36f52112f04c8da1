package dev.millrace.pipelines.ingest;

import dev.millrace.io.ReadReference;
import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.refer.ReferTo;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/**
 * The references that records are checked against, as {@code --refer} gives them: {@code
 * origin,destination:airports.csv#iata,carrier:carriers.csv#code}.
 */
final class References {
  private static final String EXPECTED =
      "(expected fields:path#column, such as origin,destination:airports.csv#iata)";

  private record Reference(List<String> fields, ReadReference read) {}

  private final List<Reference> references;

  private References(List<Reference> references) {
    this.references = List.copyOf(references);
  }

  /**
   * Reads the option's values, which are separated by commas: fields up to the one with a colon
   * refer to what follows it.
   *
   * @throws IllegalArgumentException if they are not of that form, a reference can't be read, or
   *     the schema lacks a field or has it of a type that refers to nothing
   */
  static References parse(List<String> option, RecordSchema schema) {
    List<Reference> references = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (String item : option) {
      int colon = item.indexOf(':');
      String field = (colon < 0 ? item : item.substring(0, colon)).strip();
      fields.add(checked(field, schema));
      if (colon >= 0) {
        references.add(
            new Reference(
                List.copyOf(fields), ReadReference.from(item.substring(colon + 1).strip())));
        fields.clear();
      }
    }
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException(String.join(",", fields) + " " + EXPECTED);
    }
    return new References(references);
  }

  private static String checked(String field, RecordSchema schema) {
    FieldType type = schema.field(schema.index(field)).type();
    if (type != FieldType.STRING && type != FieldType.INTEGER) {
      throw new IllegalArgumentException(
          "%s is of type %s (expected a field of type STRING or INTEGER)".formatted(field, type));
    }
    return field;
  }

  boolean isEmpty() {
    return references.isEmpty();
  }

  /** The check of records against all of them, which the pipeline reads; there is at least one. */
  ReferTo check(Pipeline pipeline) {
    ReferTo check = null;
    for (int i = 0; i < references.size(); i++) {
      Reference reference = references.get(i);
      String name = reference.read().name();
      PCollection<String> values = pipeline.apply("ReadReference" + (i + 1), reference.read());
      check =
          check == null
              ? ReferTo.fields(reference.fields(), name, values)
              : check.andFields(reference.fields(), name, values);
    }
    return check;
  }
}
