package dev.millrace.pipelines.ingest;

import dev.millrace.io.reference.ReadReference;
import dev.millrace.io.reference.RefreshReference;
import dev.millrace.record.FieldType;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.refer.ReferTo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.PCollection;

/**
 * The references that records are checked against, as {@code --refer} gives them: {@code
 * origin,destination:airports.csv#iata,carrier:carriers.csv#code}.
 */
final class References {
  private static final String EXPECTED =
      "(expected fields:path#column, such as origin,destination:airports.csv#iata)";

  /** How long what can't be read any more stays in use. */
  private static final Duration STALE = Duration.ofHours(1);

  /** One failure is none: the next look may find the file again. */
  private static final int LEAST_MAX_FAILURES = 3;

  /**
   * Fields and what they refer to.
   *
   * @param refresh null where it is read once
   */
  private record Reference(List<String> fields, ReadReference read, RefreshReference refresh) {
    Reference refreshed(Duration interval) {
      long looks = interval.isZero() ? 0 : STALE.dividedBy(interval);
      int maxFailures = (int) Math.max(LEAST_MAX_FAILURES, looks);
      return new Reference(fields, read, read.refreshing(interval).withMaxFailures(maxFailures));
    }

    ReferTo addTo(ReferTo check, String step, PCollection<RawBlock> raw) {
      return refresh == null
          ? check.andFields(fields, read.name(), raw.getPipeline().apply(step, read))
          : check.andChanging(fields, read.name(), raw.apply(step, refresh));
    }
  }

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
                List.copyOf(fields), ReadReference.from(item.substring(colon + 1).strip()), null));
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

  /** The same references, looked at so often whether they have changed. */
  References refreshed(Duration interval) {
    return new References(references.stream().map(each -> each.refreshed(interval)).toList());
  }

  /** The check of records against all of them, which are read while the raw records are. */
  ReferTo check(PCollection<RawBlock> raw) {
    ReferTo check = ReferTo.nothing();
    for (int i = 0; i < references.size(); i++) {
      check = references.get(i).addTo(check, "ReadReference" + (i + 1), raw);
    }
    return check;
  }
}
