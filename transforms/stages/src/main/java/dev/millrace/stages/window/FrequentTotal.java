package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.frequencies.ItemsSketch.Row;
import org.apache.datasketches.memory.Memory;

/**
 * Which values there are most of: a frequent-items sketch (Misra-Gries) of up to {@link
 * #MOST_VALUES} values with their counts. While there are no more, it is exact, and the same in any
 * order; from then on it forgets the rarest, which depends on the order.
 */
final class FrequentTotal extends Total {
  private static final int MAP_SIZE = 4096;

  /** The sketch fills its map to three quarters. */
  static final int MOST_VALUES = MAP_SIZE / 4 * 3;

  private static final Comparator<Row<String>> MOST_FIRST =
      Comparator.comparingLong((Row<String> row) -> row.getEstimate())
          .reversed()
          .thenComparing(Row::getItem);

  private final boolean text;
  private ItemsSketch<String> sketch = new ItemsSketch<>(MAP_SIZE);

  FrequentTotal(FieldType type) {
    this.text = type == FieldType.STRING;
  }

  @Override
  void addFirstOrNext(Record record, int field, boolean first) {
    sketch.update(text ? record.stringAt(field) : Long.toString(record.longAt(field)));
  }

  @Override
  void mergeFirstOrNext(Total other, boolean first) {
    sketch.merge(((FrequentTotal) other).sketch);
  }

  @Override
  void writeResult(Function function, RecordBuilder builder, int field) {
    String json =
        Arrays.stream(sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
            .sorted(MOST_FIRST)
            .limit(function.argument().intValueExact())
            .map(this::json)
            .collect(Collectors.joining(",", "[", "]"));
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    builder.setText(field, utf8, 0, utf8.length);
  }

  private String json(Row<String> row) {
    String value = text ? quoted(row.getItem()) : row.getItem();
    return "{\"value\":" + value + ",\"count\":" + row.getEstimate() + "}";
  }

  /** A JSON string, with no more escapes than RFC 8259 demands. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ') {
        quoted.append("\\u00").append(Character.forDigit(c >> 4, 16));
        quoted.append(Character.forDigit(c & 15, 16));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  void encodeValues(DataOutput out) throws IOException {
    byte[] bytes = sketch.toByteArray(new ArrayOfStringsSerDe());
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  void decodeValues(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    sketch = ItemsSketch.getInstance(Memory.wrap(bytes), new ArrayOfStringsSerDe());
  }
}
