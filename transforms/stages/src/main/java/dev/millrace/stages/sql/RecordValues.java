package dev.millrace.stages.sql;

import dev.millrace.record.Record;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;

/** What generated code is given of a record: the values of columns, and nothing of the machine. */
final class RecordValues implements DataContext {
  private static final String INPUT = "inputRecord";

  private final Object[] values;

  RecordValues(List<Column> columns, Record record) {
    values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).value(record);
    }
  }

  @Override
  public Object get(String name) {
    if (!name.equals(INPUT)) {
      throw new IllegalStateException("Cannot tell %s: a record decides alone".formatted(name));
    }
    return values;
  }

  @Override
  public SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return null;
  }

  @Override
  public QueryProvider getQueryProvider() {
    return null;
  }
}
