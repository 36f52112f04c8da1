package dev.millrace.stages.decode;

import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.UnknownFields;

/** Reads records from CSV, whose columns are named by the header of their block. */
final class CsvRecordDecoder extends RecordDecoder {
  /** That of the last record: mostly the next one has the same. */
  private CsvHeader header;

  private CsvText text;
  private final JsonNested[] nested;
  private final JsonCursor cursor = new JsonCursor();

  /** Null if the header can't be read. */
  private CsvColumns columns;

  private MalformedJson malformed;

  CsvRecordDecoder(Contract contract) {
    super(contract);
    JsonNested.Shared shared = JsonNested.Shared.of(contract, violations, kept);
    nested = JsonNested.readers(contract.rules(), builder, shared);
  }

  @Override
  void decode(RawBlock block, int index) throws MalformedJson {
    header((CsvHeader) block.header().orElseThrow());
    byte[] in = block.array();
    int end = block.end(index);
    int at = block.start(index);
    if (columns == null) {
      throw new MalformedJson(
          "Malformed header: " + malformed.getMessage(), at + malformed.position());
    }
    Utf8.check(in, at, end);
    text.clear();
    int column = 0;
    at = text.read(in, at, end);
    while (at < end) {
      column(column++);
      at = text.read(in, at + 1, end);
    }
    column(column++);
    if (column != columns.size()) {
      throw new MalformedJson(
          "Expected " + columns.size() + " columns, found " + column + ", the last ending", end);
    }
  }

  private void header(CsvHeader next) {
    if (next.equals(header)) {
      return;
    }
    header = next;
    text = new CsvText(next.dialect());
    columns = null;
    try {
      columns = new CsvColumns(next, text, fields.names());
    } catch (MalformedJson e) {
      malformed = e;
    }
  }

  private void column(int column) {
    if (column >= columns.size()) {
      return;
    }
    int field = columns.field(column);
    if (field == CsvColumns.UNKNOWN) {
      unknown(columns.name(column));
      return;
    }
    if (fields.isSeen(field)) {
      violations.repeated(fields.name(field), found());
    } else if (text.isNull()) {
      fields.absent(field);
    } else if (nested[field] != null) {
      nested(field);
    } else if (!values.take(field, text.array(), text.start(), text.length())) {
      values.unreadable(field, found());
    }
    fields.see(field);
  }

  /** An object or an array is written as JSON. */
  private void nested(int field) {
    int from = violations.size();
    cursor.begin(text.array(), text.start(), text.start() + text.length());
    try {
      if (nested[field].isNext(cursor)) {
        nested[field].read(cursor);
        cursor.expectEnd();
        violations.within(fields.name(field), from);
        keepInner(field);
        return;
      }
    } catch (MalformedJson e) {
      violations.truncate(from);
    }
    values.unreadable(field, found());
  }

  private void keepInner(int field) {
    if (kept.takeInner()) {
      String name = fields.name(field);
      byte[] member = FieldNames.member(name, text.array(), text.start(), text.length());
      kept.add(name, member, 0, member.length);
    }
  }

  /** The field that was read last, for a message. */
  private String found() {
    return Excerpt.of(text.array(), text.start(), text.start() + text.length());
  }

  private void unknown(String name) {
    if (unknownFields == UnknownFields.REJECT) {
      violations.unknown(name, found());
    } else if (unknownFields == UnknownFields.KEEP) {
      byte[] member = FieldNames.member(name, text.isNull() ? null : text.toString());
      if (!kept.add(name, member, 0, member.length)) {
        violations.repeated(name, found());
      }
    }
  }
}
