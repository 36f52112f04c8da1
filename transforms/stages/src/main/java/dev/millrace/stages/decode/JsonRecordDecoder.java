package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;

/** Reads records from JSON, one object a record. */
final class JsonRecordDecoder extends RecordDecoder {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final JsonObject object;
  private final JsonTimes times;
  private final JsonCursor cursor = new JsonCursor();

  JsonRecordDecoder(Contract contract) {
    super(contract);
    JsonNested.Shared shared = JsonNested.Shared.of(contract, violations, kept);
    object = new JsonObject(contract.rules(), builder, fields, values, shared);
    times = new JsonTimes(contract);
  }

  @Override
  void decode(RawBlock block, int index) throws MalformedJson {
    open(block, index);
    object.readFields(cursor);
    cursor.expectEnd();
  }

  @Override
  long timeIfKept(RawBlock block, int index) {
    open(block, index);
    return times.find(cursor);
  }

  private void open(RawBlock block, int index) {
    cursor.begin(block.array(), block.start(index), block.end(index));
    if (!block.isOfMessages() && block.offset(index) == 0) {
      cursor.skip(BYTE_ORDER_MARK);
    }
  }
}
