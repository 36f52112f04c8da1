package dev.millrace.stages.refer;

import dev.millrace.record.ReferenceVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.transforms.Combine;

/** Keeps the values of the version with the highest number, in whatever order versions come. */
final class KeepLatest extends Combine.CombineFn<ReferenceVersion, KeepLatest.Numbered, ValueSet> {
  private static final long serialVersionUID = 1L;

  /** The values of a version; of none before there is one. */
  record Numbered(long number, ValueSet values) {}

  @Override
  public Numbered createAccumulator() {
    return new Numbered(Long.MIN_VALUE, new ValueSet());
  }

  @Override
  public Numbered addInput(Numbered latest, ReferenceVersion version) {
    return version.number() > latest.number
        ? new Numbered(version.number(), ValueSet.of(version.values()))
        : latest;
  }

  @Override
  public Numbered mergeAccumulators(Iterable<Numbered> several) {
    Numbered latest = createAccumulator();
    for (Numbered each : several) {
      latest = each.number > latest.number ? each : latest;
    }
    return latest;
  }

  @Override
  public ValueSet extractOutput(Numbered latest) {
    return latest.values;
  }

  @Override
  public Coder<Numbered> getAccumulatorCoder(
      CoderRegistry registry, Coder<ReferenceVersion> versions) {
    return new NumberedCoder();
  }

  @Override
  public Coder<ValueSet> getDefaultOutputCoder(
      CoderRegistry registry, Coder<ReferenceVersion> versions) {
    return new ValueSet.ValueSetCoder();
  }

  /** The coder: number (8 bytes), then the values. */
  private static final class NumberedCoder extends CustomCoder<Numbered> {
    private static final long serialVersionUID = 1L;
    private static final ValueSet.ValueSetCoder VALUES = new ValueSet.ValueSetCoder();

    @Override
    public void encode(Numbered latest, OutputStream out) throws IOException {
      BigEndianLongCoder.of().encode(latest.number, out);
      VALUES.encode(latest.values, out);
    }

    @Override
    public Numbered decode(InputStream in) throws IOException {
      return new Numbered(BigEndianLongCoder.of().decode(in), VALUES.decode(in));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof NumberedCoder;
    }

    @Override
    public int hashCode() {
      return NumberedCoder.class.hashCode();
    }
  }
}
