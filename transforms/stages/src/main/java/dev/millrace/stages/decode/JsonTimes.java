package dev.millrace.stages.decode;

import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.decode.JsonCursor.Kind;

/**
 * Finds when records of JSON happened, and reads no more of them than up to there. Nothing else is
 * checked; but a record that keeps its contract has no field twice, so what is found first is what
 * decoding finds.
 */
final class JsonTimes {
  /** What a record has that tells no time, or is broken before it does. */
  static final long NONE = Long.MIN_VALUE;

  private final Violations violations = new Violations();
  private final RecordBuilder builder;
  private final RecordTime time;
  private final FieldValues values;
  private final FieldNames names;

  JsonTimes(Contract contract) {
    builder = new RecordBuilder(contract.schema());
    time = new RecordTime(contract.eventTime(), contract.rules(), violations);
    values = new FieldValues(contract.rules(), builder, violations, contract.coercion(), time);
    names = new FieldNames(contract.rules().stream().map(FieldRule::name).toArray(String[]::new));
  }

  /** The event time of the object that a cursor is at the start of, in milliseconds since 1970. */
  long find(JsonCursor in) {
    builder.clear();
    violations.clear();
    time.begin();
    names.begin();
    try {
      return read(in);
    } catch (MalformedJson e) {
      return NONE;
    }
  }

  private long read(JsonCursor in) throws MalformedJson {
    in.expect('{');
    if (in.skip('}')) {
      return NONE;
    }
    do {
      int field = names.read(in);
      in.expect(':');
      int start = in.next();
      Kind kind = in.value();
      if (field != FieldNames.UNKNOWN && time.isPart(field)) {
        values.take(field, kind, in, start);
        if (time.isKnown()) {
          return time.millis();
        }
      }
    } while (in.skip(','));
    return NONE;
  }
}
