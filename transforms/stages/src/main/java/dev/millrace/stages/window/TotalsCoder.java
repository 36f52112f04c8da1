package dev.millrace.stages.window;

import dev.millrace.record.FieldType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * The coder of {@link Totals} over measures of these types.
 *
 * <p>Format: the records (8 bytes), then for each measure the values that are not null (8 bytes)
 * and, if there is one: sum, minimum, maximum (integers: 16, 8 and 8 bytes; doubles: see {@link
 * ExactSum#encode}, then 8 and 8). Big endian. Deterministic: equal totals give equal bytes, in
 * whatever order they were added up.
 */
final class TotalsCoder extends CustomCoder<Totals> {
  private static final long serialVersionUID = 1L;

  private final List<FieldType> types;

  TotalsCoder(List<FieldType> types) {
    this.types = types;
  }

  @Override
  public void encode(Totals totals, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeLong(totals.records());
    for (int i = 0; i < totals.measures(); i++) {
      totals.of(i).encode(data);
    }
  }

  @Override
  public Totals decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    long records = data.readLong();
    Total[] measures = new Total[types.size()];
    for (int i = 0; i < measures.length; i++) {
      measures[i] = Total.of(types.get(i));
      measures[i].decode(data);
    }
    return Totals.of(records, measures);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof TotalsCoder that && types.equals(that.types);
  }

  @Override
  public int hashCode() {
    return types.hashCode();
  }
}
