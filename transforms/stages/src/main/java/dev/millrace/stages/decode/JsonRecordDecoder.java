package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.UnknownFields;
import dev.millrace.stages.decode.JsonCursor.Kind;

/** Reads records from JSON, one object a record. */
final class JsonRecordDecoder extends RecordDecoder {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final FieldNames names;
  private final JsonCursor cursor = new JsonCursor();

  JsonRecordDecoder(Contract contract) {
    super(contract);
    names = new FieldNames(fields);
  }

  @Override
  void decode(RawBlock block, int index) throws MalformedJson {
    names.begin();
    cursor.begin(block.array(), block.start(index), block.end(index));
    if (block.offset(index) == 0) {
      cursor.skip(BYTE_ORDER_MARK);
    }
    object();
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

  /** The value that was read last, for a message. */
  private String found(int start) {
    return Excerpt.of(cursor.array(), start, cursor.position());
  }
}
