package dev.millrace.stages.window;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;

/**
 * The coder of {@link Totals} of these measures.
 *
 * <p>Format: the records (8 bytes), then for each measure the values that are not null (8 bytes)
 * and, if there is one, what is added up of them:
 *
 * <ul>
 *   <li>exactly: sum, minimum, maximum (integers: 16, 8 and 8 bytes; doubles: see {@link
 *       ExactSum#encode}, then 8 and 8);
 *   <li>for quantiles: see {@link Histogram#encode};
 *   <li>else: a sketch in the format of DataSketches (length in 4 bytes, bytes).
 * </ul>
 *
 * Big endian. Deterministic: equal totals give equal bytes; but for sketches in whatever order they
 * were added up.
 */
final class TotalsCoder extends CustomCoder<Totals> {
  private static final long serialVersionUID = 1L;

  private final List<Measure> measures;

  TotalsCoder(List<Measure> measures) {
    this.measures = measures;
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
    Total[] totals = new Total[measures.size()];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = measures.get(i).total();
      totals[i].decode(data);
    }
    return Totals.of(records, totals);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof TotalsCoder that && measures.equals(that.measures);
  }

  @Override
  public int hashCode() {
    return measures.hashCode();
  }
}
