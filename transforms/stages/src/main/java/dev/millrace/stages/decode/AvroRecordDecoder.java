package dev.millrace.stages.decode;

import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Reads records from Avro's binary encoding. The schema that they were written with is in the
 * header of their block; what of it is which field of the contract is found out once a schema.
 */
final class AvroRecordDecoder extends RecordDecoder {
  private final Contract contract;
  private final JsonNested.Shared shared;
  private final TypedValues typed;
  private final AvroCursor cursor = new AvroCursor();

  /** That of the last record: mostly the next one has the same. */
  private AvroHeader header;

  /** Null if the schema is not one of records. */
  private AvroObject object;

  private String malformed;

  AvroRecordDecoder(Contract contract) {
    super(contract);
    this.contract = contract;
    shared = JsonNested.Shared.of(contract, violations, kept);
    typed = new TypedValues(contract.rules(), values, contract.coercion());
  }

  @Override
  void decode(RawBlock block, int index) throws MalformedJson {
    header((AvroHeader) block.header().orElseThrow());
    if (object == null) {
      throw new MalformedJson(malformed, block.start(index));
    }
    cursor.begin(block.array(), block.start(index), block.end(index));
    object.readFields(cursor);
    cursor.expectEnd();
  }

  private void header(AvroHeader next) {
    if (next.equals(header)) {
      return;
    }
    header = next;
    object = null;
    try {
      // Names are not checked, since those of the contract's fields need not be Avro's.
      Schema schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(next.schema());
      if (schema.getType() == Schema.Type.RECORD) {
        object = new AvroObject(schema, contract.rules(), builder, fields, typed, shared);
      } else {
        malformed = "Expected a record, found " + Excerpt.of(schema.getName());
      }
    } catch (
        RuntimeException e) { // more than the parser declares: a name unknown is a null pointer
      malformed = "Malformed schema: " + Excerpt.of(String.valueOf(e.getMessage()));
    }
  }
}
