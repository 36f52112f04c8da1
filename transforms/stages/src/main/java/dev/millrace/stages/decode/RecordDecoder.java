package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RegistryHeader;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.RecordRule;
import dev.millrace.stages.contract.UnknownFields;

/**
 * Reads records against a contract, in one pass over their bytes. Values go from the bytes into the
 * record being built: no tree, map or String is made of a record that passes. What is the same
 * whatever the format is here; how the bytes are walked over is in the classes below.
 *
 * <p>Not thread-safe; meant to be kept and reused.
 */
abstract sealed class RecordDecoder permits JsonRecordDecoder, CsvRecordDecoder, AvroRecordDecoder {
  final UnknownFields unknownFields;
  final Violations violations = new Violations();
  final KeptFields kept = new KeptFields();
  final RecordBuilder builder;
  final ObjectFields fields;
  final FieldValues values;

  private final RecordTime time;
  private final RecordRule[] recordRules;
  private final int keptField;
  private RawBlock block;
  private int index;

  /** The record that was read last, if it had to be finished to be checked. */
  private Record finished;

  RecordDecoder(Contract contract) {
    unknownFields = contract.unknownFields();
    builder = new RecordBuilder(contract.schema());
    fields = new ObjectFields(contract.rules(), violations);
    time = new RecordTime(contract.eventTime(), contract.rules(), violations);
    values = new FieldValues(contract.rules(), builder, violations, contract.coercion(), time);
    recordRules = contract.recordRules().toArray(RecordRule[]::new);
    keptField = contract.rules().size();
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
    if (isUnreadable()) {
      return false;
    }
    try {
      decode(block, index);
      if (!kept.isEmpty()) {
        builder.setText(keptField, kept.array(), 0, kept.length());
      }
      fields.end();
    } catch (MalformedJson e) {
      time.begin();
      violations.malformed(e.getMessage() + " at byte " + (e.position() - block.start(index)));
    }
    if (recordRules.length > 0 && violations.isEmpty()) {
      checkAsWhole();
    }
    return violations.isEmpty();
  }

  /** Whether what its source says of it leaves nothing to be read. */
  private boolean isUnreadable() {
    if (block.isPiece()) {
      violations.tooLong();
    } else if (block.isTombstone(index)) {
      violations.tombstone();
    } else if (block.header().orElse(null) instanceof RegistryHeader registry
        && !registry.problem().isEmpty()) {
      violations.unknownSchema(registry.problem());
    }
    return !violations.isEmpty();
  }

  /** Only a record whose fields keep their rules has the values that the others are about. */
  private void checkAsWhole() {
    finished = record();
    for (RecordRule rule : recordRules) {
      rule.check(finished, violations.list());
    }
  }

  private void begin(RawBlock block, int index) {
    this.block = block;
    this.index = index;
    finished = null;
    builder.clear();
    violations.clear();
    kept.clear();
    time.begin();
    fields.begin();
  }

  /**
   * When a record happened if it keeps the contract, in milliseconds since 1970, for formats that
   * tell it sooner than whether it does; the latest there is for others.
   */
  long timeIfKept(RawBlock block, int index) {
    return Long.MAX_VALUE;
  }

  /** When the record that was read last happened, if it keeps the contract. */
  final long eventTimeMillis() {
    return time.millis();
  }

  /** The record that was read last. */
  final Record record() {
    return finished != null
        ? finished
        : builder.build(time.millis(), block.source(), block.offset(index));
  }

  /** The record that was read last, with its envelope if it is a message. */
  final Record recordWithEnvelope() {
    return builder.buildWithEnvelope(time.millis(), block, index);
  }

  /** The record that was read last, with its original bytes, and its envelope if it has one. */
  final Record recordWithOriginal() {
    return builder.build(time.millis(), block, index);
  }

  /** What is wrong with the record that was read last, in its order, then what it lacks. */
  final Rejected rejected() {
    return new Rejected(DecodeRecords.STAGE, violations.list(), block.raw(index), time.known());
  }
}
