package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.UnknownFields;
import dev.millrace.stages.decode.JsonCursor.Kind;
import java.util.Arrays;

/**
 * Reads records from JSON against a contract, in one pass over their bytes. Values go from the
 * bytes into the record being built: no tree, map or String is made of a record that passes.
 *
 * <p>Not thread-safe; meant to be kept and reused.
 */
final class JsonRecordDecoder {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String[] fields;
  private final boolean[] required;
  private final UnknownFields unknownFields;

  private final RecordBuilder builder;
  private final Violations violations = new Violations();
  private final KeptFields kept = new KeptFields();
  private final FieldNames names;
  private final FieldValues values;
  private final JsonCursor cursor = new JsonCursor();

  /** The fields that were in the record, with a value or null. */
  private final boolean[] seen;

  private RawBlock block;
  private int index;

  JsonRecordDecoder(Contract contract) {
    int size = contract.rules().size();
    fields = contract.rules().stream().map(FieldRule::name).toArray(String[]::new);
    required = new boolean[size];
    for (int field = 0; field < size; field++) {
      required[field] = contract.rules().get(field).required();
    }
    unknownFields = contract.unknownFields();
    builder = new RecordBuilder(contract.schema());
    names = new FieldNames(fields);
    values = new FieldValues(contract, builder, violations);
    seen = new boolean[size];
  }

  /**
   * Reads a record.
   *
   * @return whether it keeps the contract: then {@link #record()} is what was read, and otherwise
   *     {@link #rejected()}
   */
  boolean read(RawBlock block, int index) {
    begin(block, index);
    try {
      object();
      unseen();
    } catch (MalformedJson e) {
      values.begin();
      violations.malformed(e.getMessage() + " at byte " + (e.position() - block.start(index)));
    }
    return violations.isEmpty();
  }

  /** The record that was read last. */
  Record record() {
    return builder.build(values.eventTimeMillis(), block.source(), block.offset(index));
  }

  /** The record that was read last, with its original bytes. */
  Record recordWithOriginal() {
    int start = block.start(index);
    return builder.build(
        values.eventTimeMillis(),
        block.source(),
        block.offset(index),
        block.array(),
        start,
        block.end(index) - start);
  }

  /** What is wrong with the record that was read last, in its order, then what it lacks. */
  Rejected rejected() {
    return new Rejected(
        DecodeRecords.STAGE, violations.list(), block.raw(index), values.knownEventTimeMillis());
  }

  private void begin(RawBlock block, int index) {
    this.block = block;
    this.index = index;
    builder.clear();
    violations.clear();
    kept.clear();
    names.begin();
    values.begin();
    Arrays.fill(seen, false);
    cursor.begin(block.array(), block.start(index), block.end(index));
    if (block.offset(index) == 0) {
      cursor.skip(BYTE_ORDER_MARK);
    }
  }

  private void object() throws MalformedJson {
    cursor.expect('{');
    if (!cursor.skip('}')) {
      do {
        member();
      } while (cursor.skip(','));
      cursor.close('}');
    }
    cursor.expectEnd();
    if (!kept.isEmpty()) {
      builder.setText(fields.length, kept.array(), 0, kept.length());
    }
  }

  private void member() throws MalformedJson {
    int start = cursor.next();
    int field = names.read(cursor);
    if (field == FieldNames.UNKNOWN) {
      unknown(start);
    } else {
      cursor.expect(':');
      known(field);
    }
  }

  private void known(int field) throws MalformedJson {
    int start = cursor.next();
    Kind kind = cursor.value();
    if (seen[field]) {
      violations.repeated(fields[field], found(start));
    } else if (kind == Kind.NULL) {
      absent(field);
    } else if (!values.take(field, kind, cursor)) {
      values.unreadable(field, found(start));
    }
    seen[field] = true;
  }

  /** A name is kept before its value is read, which takes its place as the cursor's text. */
  private void unknown(int start) throws MalformedJson {
    if (unknownFields == UnknownFields.DROP) {
      cursor.expect(':');
      cursor.value();
      return;
    }
    String name = cursor.text().toString();
    cursor.expect(':');
    int valueStart = cursor.next();
    cursor.value();
    if (unknownFields == UnknownFields.REJECT) {
      violations.unknown(name, found(valueStart));
    } else if (!kept.add(name, cursor.array(), start, cursor.position())) {
      violations.repeated(name, found(valueStart));
    }
  }

  private void unseen() {
    for (int field = 0; field < fields.length; field++) {
      if (!seen[field]) {
        absent(field);
      }
    }
  }

  private void absent(int field) {
    if (required[field]) {
      violations.missing(fields[field]);
    }
  }

  /** The value that was read last, for a message. */
  private String found(int start) {
    return Excerpt.of(cursor.array(), start, cursor.position());
  }
}
