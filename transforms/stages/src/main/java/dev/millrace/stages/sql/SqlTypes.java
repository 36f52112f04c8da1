package dev.millrace.stages.sql;

import dev.millrace.record.RecordSchema;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of SQL as records have them: all of Unicode, and decimals that nothing cuts off. */
final class SqlTypes extends JavaTypeFactoryImpl {
  SqlTypes() {
    super(new Limits());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /** The type of a field; a text, whatever it is, for one that no expression can compute with. */
  RelDataType of(Column column) {
    RecordSchema.Field field = column.field();
    RelDataType type =
        switch (field.type()) {
          case INTEGER -> createSqlType(SqlTypeName.BIGINT);
          case NUMBER -> createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL -> createSqlType(SqlTypeName.DECIMAL, field.precision(), field.scale());
          case BOOLEAN -> createSqlType(SqlTypeName.BOOLEAN);
          case DATE -> createSqlType(SqlTypeName.DATE);
          case TIME -> createSqlType(SqlTypeName.TIME, Limits.MILLIS);
          case TIMESTAMP -> createSqlType(SqlTypeName.TIMESTAMP, Limits.MILLIS);
          default -> createSqlType(SqlTypeName.VARCHAR);
        };
    return createTypeWithNullability(type, column.nullable());
  }

  private static final class Limits extends RelDataTypeSystemImpl {
    static final int MILLIS = 3;
    private static final int DIGITS = 38;
    private static final int FRACTION_DIGITS = 19;

    @Override
    public int getMaxPrecision(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxPrecision(type);
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? FRACTION_DIGITS : super.getMaxScale(type);
    }

    /** Otherwise the shorter texts of a CASE would be filled up with spaces. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
      return true;
    }
  }
}
