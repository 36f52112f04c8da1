package dev.millrace.benchmarks.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Lines of JSON as records, each read once. */
final class Lines {
  /** The column of the line, as Spark's text files have it. */
  static final String LINE = "value";

  /** The column that says whether a line is a good record. */
  static final String GOOD = "good";

  /** The field of a record that Spark puts a line into that it could not read. */
  static final String CORRUPT = "_corrupt_record";

  private static final String RECORD = "record";

  private static final Map<String, String> JSON =
      Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", CORRUPT);

  private Lines() {}

  /** A field of a line's record. */
  static Column field(String name) {
    return col(RECORD + "." + name);
  }

  /**
   * Puts to each line its record, and whether it is good: by the rules, and for what Spark ignores,
   * which is what follows an object and fields that it is not asked for.
   */
  static Dataset<Row> judge(Dataset<Row> lines, StructType type, Column rules) {
    Column line = col(LINE);
    Column good =
        field(CORRUPT)
            .isNull()
            .and(rules)
            .and(line.endsWith("}}").unary_$bang())
            .and(hasOnly(line, type.fieldNames()));
    return lines
        .withColumn(RECORD, from_json(line, type.add(CORRUPT, DataTypes.StringType), JSON))
        .withColumn(GOOD, coalesce(good, lit(false)));
  }

  private static Column hasOnly(Column line, String... fields) {
    Column known = array(Arrays.stream(fields).map(name -> lit(name)).toArray(Column[]::new));
    return array_size(array_except(json_object_keys(line), known)).equalTo(0);
  }
}
