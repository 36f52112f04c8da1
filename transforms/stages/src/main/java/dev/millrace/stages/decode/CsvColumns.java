package dev.millrace.stages.decode;

import dev.millrace.record.CsvHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns that a header names, and the fields of the contract that they hold. */
final class CsvColumns {
  /** The field of a column that the contract doesn't know. */
  static final int UNKNOWN = -1;

  private final List<String> names = new ArrayList<>();
  private final int[] fields;

  /** Reads a header. */
  CsvColumns(CsvHeader header, CsvText text, String[] contractFields) throws MalformedJson {
    byte[] in = header.array();
    Utf8.check(in, 0, in.length);
    int at = -1;
    do {
      at = text.read(in, at + 1, in.length);
      names.add(text.toString());
    } while (at < in.length);
    List<String> known = Arrays.asList(contractFields);
    fields = names.stream().mapToInt(known::indexOf).toArray();
  }

  int size() {
    return fields.length;
  }

  /** The name of a column, as the header has it. */
  String name(int column) {
    return names.get(column);
  }

  /** The index of a column's field, or {@link #UNKNOWN}. */
  int field(int column) {
    return fields[column];
  }
}
