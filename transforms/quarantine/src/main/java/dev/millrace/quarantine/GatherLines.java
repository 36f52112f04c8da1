package dev.millrace.quarantine;

import dev.millrace.record.WrittenFile;
import java.io.IOException;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Gathers the chunks of a file that goes on, and writes a part of it when there is enough, and the
 * rest when the watermark has passed their timestamps, which are the same for all of a file: then
 * none can come any more, and all is forgotten. A part is named by its number.
 */
final class GatherLines extends DoFn<KV<String, byte[]>, WrittenFile> {
  private static final long serialVersionUID = 1L;

  @StateId("chunks")
  private final StateSpec<BagState<byte[]>> chunksSpec = StateSpecs.bag(ByteArrayCoder.of());

  @StateId("bytes")
  private final StateSpec<ValueState<Long>> bytesSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("written")
  private final StateSpec<ValueState<Integer>> writtenSpec = StateSpecs.value(VarIntCoder.of());

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final String folder;
  private final long enoughBytes;

  GatherLines(String folder, long enoughBytes) {
    this.folder = folder;
    this.enoughBytes = enoughBytes;
  }

  @ProcessElement
  public void process(
      @Element KV<String, byte[]> chunk,
      @Timestamp Instant last,
      @StateId("chunks") BagState<byte[]> chunks,
      @StateId("bytes") ValueState<Long> bytes,
      @StateId("written") ValueState<Integer> written,
      @TimerId("end") Timer end,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    Long before = bytes.read();
    chunks.add(chunk.getValue());
    bytes.write((before == null ? 0 : before) + chunk.getValue().length);
    if (before == null) {
      end.set(after(last));
    }
    if (bytes.read() >= enoughBytes) {
      write(chunk.getKey(), after(last), chunks, bytes, written, out);
    }
  }

  @OnTimer("end")
  public void end(
      @Key String file,
      @Timestamp Instant now,
      @StateId("chunks") BagState<byte[]> chunks,
      @StateId("bytes") ValueState<Long> bytes,
      @StateId("written") ValueState<Integer> written,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    if (bytes.read() != null) {
      write(file, now, chunks, bytes, written, out);
    }
    written.clear();
  }

  private static Instant after(Instant last) {
    Instant end = GlobalWindow.INSTANCE.maxTimestamp();
    return last.isBefore(end) ? last.plus(Duration.millis(1)) : end;
  }

  private void write(
      String file,
      Instant end,
      BagState<byte[]> chunks,
      ValueState<Long> bytes,
      ValueState<Integer> written,
      OutputReceiver<WrittenFile> out)
      throws IOException {
    int number = written.read() == null ? 0 : written.read();
    out.outputWithTimestamp(
        QuarantineFile.write(folder, QuarantineFile.part(file, number), chunks.read()), end);
    written.write(number + 1);
    chunks.clear();
    bytes.clear();
  }
}
