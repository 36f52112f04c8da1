package dev.millrace.io.jdbc;

import dev.millrace.record.RecordSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is written to a table: records of a schema, each in place of the row that has its key.
 *
 * @param version the field that tells which of two records of a key is kept; empty to keep the one
 *     that comes last
 */
record Upsert(String table, RecordSchema schema, List<String> key, String version)
    implements Serializable {

  /** Checks that the fields exist, have a value in each record and, the version, an order. */
  Upsert {
    for (String field : key) {
      if (schema.field(schema.index(field)).nullable()) {
        throw new IllegalArgumentException(
            "Invalid key: %s may be null (expected required fields)".formatted(field));
      }
    }
    if (!version.isEmpty()) {
      RecordSchema.Field field = schema.field(schema.index(version));
      if (field.nullable() || !Column.isOrdered(field.type())) {
        throw new IllegalArgumentException(
            "Invalid version: %s (expected a required integer, decimal, date, time or timestamp)"
                .formatted(field));
      }
    }
  }

  boolean isVersioned() {
    return !version.isEmpty();
  }

  List<Column> columns() {
    return IntStream.range(0, schema.size())
        .mapToObj(index -> new Column(index, schema.field(index)))
        .toList();
  }

  /** A table that takes the records as they are. */
  String definition() {
    String columns =
        columns().stream()
            .map(
                column ->
                    "%s %s%s"
                        .formatted(
                            Names.quoted(column.name()),
                            column.type(),
                            column.field().nullable() ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    return "CREATE TABLE %s (%s, PRIMARY KEY (%s))"
        .formatted(Names.quotedTable(table), columns, Names.quoted("", key));
  }

  /**
   * The statement, with one parameter a column: an array with the values of all rows. Whatever the
   * number of rows it is the same, so that the server plans it once.
   */
  String statement(StoredTable stored) {
    List<Column> columns = columns();
    return "INSERT INTO %s AS stored (%s) SELECT %s FROM unnest(%s) AS sent(%s) ON CONFLICT (%s) %s"
        .formatted(
            Names.quotedTable(table),
            Names.quoted("", schema.fields().stream().map(RecordSchema.Field::name).toList()),
            columns.stream()
                .map(column -> column.received(sent(column), stored.type(column.name())))
                .collect(Collectors.joining(", ")),
            columns.stream()
                .map(column -> "?::" + column.sentAs() + "[]")
                .collect(Collectors.joining(", ")),
            columns.stream().map(Upsert::sent).collect(Collectors.joining(", ")),
            Names.quoted("", key),
            onConflict());
  }

  private static String sent(Column column) {
    return "v" + column.index();
  }

  private String onConflict() {
    List<String> values =
        schema.fields().stream()
            .map(RecordSchema.Field::name)
            .filter(field -> !key.contains(field))
            .toList();
    if (values.isEmpty()) {
      return "DO NOTHING";
    }
    String assignments =
        values.stream()
            .map(Names::quoted)
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
    return "DO UPDATE SET " + assignments + (isVersioned() ? " WHERE " + isLater(values) : "");
  }

  /**
   * Compares versions, then all other values in their order: whole records, in which a null is a
   * value, so that any two rows have one that is kept, in whatever order they come.
   */
  private String isLater(List<String> values) {
    List<String> order = new ArrayList<>(List.of(version));
    values.stream().filter(value -> !value.equals(version)).forEach(order::add);
    return "ROW(%s)::record > ROW(%s)::record"
        .formatted(Names.quoted("excluded.", order), Names.quoted("stored.", order));
  }
}
