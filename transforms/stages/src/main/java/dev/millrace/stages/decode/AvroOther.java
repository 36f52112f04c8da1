package dev.millrace.stages.decode;

import org.apache.avro.Schema;

/** Reads a null, a union by its branch, or passes over what can't be in the field. */
final class AvroOther extends AvroReader {
  /** Null unless it is a union. */
  private final AvroReader[] branches;

  /** Null unless it can't be in the field. */
  private final Schema mismatch;

  private AvroOther(AvroReader[] branches, Schema mismatch) {
    this.branches = branches;
    this.mismatch = mismatch;
  }

  static AvroOther ofNull() {
    return new AvroOther(null, null);
  }

  static AvroOther ofUnion(AvroReader[] branches) {
    return new AvroOther(branches, null);
  }

  static AvroOther ofMismatch(Schema schema) {
    return new AvroOther(null, schema);
  }

  @Override
  Taken read(AvroCursor in) throws MalformedJson {
    if (branches != null) {
      return branches[in.index(branches.length)].read(in);
    }
    if (mismatch == null) {
      return Taken.NULL;
    }
    AvroJson.skip(mismatch, in);
    return Taken.NOT;
  }
}
