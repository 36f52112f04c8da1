package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.UnknownFields;
import java.util.Arrays;

/**
 * Reads records against a contract, in one pass over their bytes. Values go from the bytes into the
 * record being built: no tree, map or String is made of a record that passes. What is the same
 * whatever the format is here; how the bytes are walked over is in the classes below.
 *
 * <p>Not thread-safe; meant to be kept and reused.
 */
abstract sealed class RecordDecoder permits JsonRecordDecoder, CsvRecordDecoder {
  final String[] fields;
  final UnknownFields unknownFields;
  final Violations violations = new Violations();
  final KeptFields kept = new KeptFields();
  final FieldValues values;

  /** The fields that were in the record, with a value or null. */
  final boolean[] seen;

  private final boolean[] required;
  private final RecordBuilder builder;
  private RawBlock block;
  private int index;

  RecordDecoder(Contract contract) {
    int size = contract.rules().size();
    fields = contract.rules().stream().map(FieldRule::name).toArray(String[]::new);
    required = new boolean[size];
    for (int field = 0; field < size; field++) {
      required[field] = contract.rules().get(field).required();
    }
    unknownFields = contract.unknownFields();
    builder = new RecordBuilder(contract.schema());
    values = new FieldValues(contract, builder, violations);
    seen = new boolean[size];
  }

  /** Reads all values of a record, each of which is taken, absent or a violation. */
  abstract void decode(RawBlock block, int index) throws MalformedJson;

  /**
   * Reads a record.
   *
   * @return whether it keeps the contract: then {@link #record()} is what was read, and otherwise
   *     {@link #rejected()}
   */
  final boolean read(RawBlock block, int index) {
    begin(block, index);
    try {
      decode(block, index);
      if (!kept.isEmpty()) {
        builder.setText(fields.length, kept.array(), 0, kept.length());
      }
      unseen();
    } catch (MalformedJson e) {
      values.begin();
      violations.malformed(e.getMessage() + " at byte " + (e.position() - block.start(index)));
    }
    return violations.isEmpty();
  }

  private void begin(RawBlock block, int index) {
    this.block = block;
    this.index = index;
    builder.clear();
    violations.clear();
    kept.clear();
    values.begin();
    Arrays.fill(seen, false);
  }

  /** The record that was read last. */
  final Record record() {
    return builder.build(values.eventTimeMillis(), block.source(), block.offset(index));
  }

  /** The record that was read last, with its original bytes. */
  final Record recordWithOriginal() {
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
  final Rejected rejected() {
    return new Rejected(
        DecodeRecords.STAGE, violations.list(), block.raw(index), values.knownEventTimeMillis());
  }

  private void unseen() {
    for (int field = 0; field < fields.length; field++) {
      if (!seen[field]) {
        absent(field);
      }
    }
  }

  /** A field has no value: null, or nothing at all. */
  final void absent(int field) {
    if (required[field]) {
      violations.missing(fields[field]);
    }
  }
}
