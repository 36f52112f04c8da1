package dev.millrace.io.jdbc;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names in SQL, quoted so that any name is one, and never a part of the statement. */
final class Names {
  private Names() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Names with a prefix such as {@code excluded.}, in a list. */
  static String quoted(String prefix, Collection<String> names) {
    return names.stream().map(name -> prefix + quoted(name)).collect(Collectors.joining(", "));
  }

  /** A table as in {@code flights} or {@code schema.flights}: what has a dot is two names. */
  static String quotedTable(String table) {
    return Arrays.stream(table.split("\\.", 2)).map(Names::quoted).collect(Collectors.joining("."));
  }
}
