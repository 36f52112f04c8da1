package dev.millrace.io.reference;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one column of a CSV file with a header, as RFC 4180 has it: values with commas, quotes or
 * line ends are quoted, and a quote in them is doubled. Lines end with LF or CRLF; empty lines are
 * skipped.
 */
final class CsvColumn {
  private static final int END = -1;

  private final Reader text;
  private final StringBuilder value = new StringBuilder();
  private int line = 1;

  private CsvColumn(Reader text) {
    this.text = text;
  }

  /** Gives the values of the column that are not empty. */
  static void read(Reader text, String column, Consumer<String> values) throws IOException {
    CsvColumn csv = new CsvColumn(text);
    List<String> header = csv.row();
    int index = header.indexOf(column);
    if (index < 0) {
      throw new IOException("it has no column %s, its columns are %s".formatted(column, header));
    }
    int rowLine = csv.line;
    for (List<String> row = csv.row(); !row.isEmpty(); row = csv.row()) {
      boolean blank = row.size() == 1 && row.get(0).isEmpty();
      if (!blank && row.size() != header.size()) {
        throw new IOException(
            "line %s has %s values (expected %s)".formatted(rowLine, row.size(), header.size()));
      }
      if (!blank && !row.get(index).isEmpty()) {
        values.accept(row.get(index));
      }
      rowLine = csv.line;
    }
  }

  /** The values of the next row; none at the end of the file. */
  private List<String> row() throws IOException {
    List<String> row = new ArrayList<>();
    int next = text.read();
    if (next == END) {
      return row;
    }
    while (true) {
      next = next == '"' ? quoted() : plain(next);
      row.add(value.toString());
      value.setLength(0);
      if (next != ',') {
        line++;
        return row;
      }
      next = text.read();
    }
  }

  /** Reads a value that starts with a character; gives what ends it. */
  private int plain(int first) throws IOException {
    int next = first;
    while (next != ',' && next != '\n' && next != END) {
      value.append((char) next);
      next = text.read();
    }
    int last = value.length() - 1;
    if (next != ',' && last >= 0 && value.charAt(last) == '\r') {
      value.setLength(last);
    }
    return next;
  }

  /** Reads a value after its opening quote; gives what ends it. */
  private int quoted() throws IOException {
    int opened = line;
    while (true) {
      int next = text.read();
      if (next == END) {
        throw new IOException("line %s has a quote that is not closed".formatted(opened));
      }
      if (next != '"') {
        line += next == '\n' ? 1 : 0;
        value.append((char) next);
        continue;
      }
      next = text.read();
      if (next != '"') {
        return afterQuote(next);
      }
      value.append('"');
    }
  }

  private int afterQuote(int next) throws IOException {
    int end = next == '\r' ? text.read() : next;
    if (end != ',' && end != '\n' && end != END) {
      throw new IOException("line %s has text after a closing quote".formatted(line));
    }
    return end;
  }
}
