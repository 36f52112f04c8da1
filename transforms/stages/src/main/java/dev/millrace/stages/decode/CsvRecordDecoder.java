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

  /** Null if the header can't be read. */
  private CsvColumns columns;

  private MalformedJson malformed;

  CsvRecordDecoder(Contract contract) {
    super(contract);
  }

  @Override
  void decode(RawBlock block, int index) throws MalformedJson {
    header(block.header().orElseThrow());
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
      columns = new CsvColumns(next, text, fields);
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
    if (seen[field]) {
      violations.repeated(fields[field], found());
    } else if (text.isNull()) {
      absent(field);
    } else if (!values.take(field, text.array(), text.start(), text.length())) {
      values.unreadable(field, found());
    }
    seen[field] = true;
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
