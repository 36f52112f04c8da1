package dev.millrace.stages.decode;

import dev.millrace.record.AvroHeader;
import dev.millrace.record.BlockHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RegistryHeader;
import dev.millrace.stages.contract.Contract;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Reads records from Avro's binary encoding, in files or behind the id of their schema. The schema
 * that they were written with is in the header of their block; what of it is which field of the
 * contract is found out once a schema.
 */
final class AvroRecordDecoder extends RecordDecoder {
  private final Contract contract;
  private final JsonNested.Shared shared;
  private final TypedValues typed;
  private final AvroCursor cursor = new AvroCursor();

  /** That of the last record: mostly the next one has the same. */
  private BlockHeader header;

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
    BlockHeader next = block.header().orElseThrow();
    int start = block.start(index);
    if (next instanceof RegistryHeader) {
      if (!RegistryHeader.isFramed(block.array(), start, block.end(index))) {
        throw new MalformedJson("Expected a zero and the id of a schema before a datum", start);
      }
      start += RegistryHeader.FRAME_LENGTH;
    }
    header(next);
    if (object == null) {
      throw new MalformedJson(malformed, start);
    }
    cursor.begin(block.array(), start, block.end(index));
    object.readFields(cursor);
    cursor.expectEnd();
  }

  private void header(BlockHeader next) {
    if (next.equals(header)) {
      return;
    }
    header = next;
    object = null;
    try {
      // Names are not checked, since those of the contract's fields need not be Avro's.
      Schema schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(schema(next));
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

  private static String schema(BlockHeader header) {
    return header instanceof RegistryHeader registry
        ? registry.schema()
        : ((AvroHeader) header).schema();
  }
}
