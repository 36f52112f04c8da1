package dev.millrace.io.table;

import dev.millrace.record.Commit;
import dev.millrace.record.CommitSchedule;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/**
 * Puts the parts of commits together, and gives each commit out when the watermark has passed its
 * end: a millisecond after the sinks have written what they hold for it. Commits leave in their
 * order, and each names the one before. What waits are counts, by hour, and names of files.
 */
final class AssembleCommits extends DoFn<KV<String, KV<Long, Commit>>, Commit> {
  private static final long serialVersionUID = 1L;

  @StateId("parts")
  private final StateSpec<BagState<KV<Long, Commit>>> partsSpec =
      StateSpecs.bag(KvCoder.of(VarLongCoder.of(), Commit.CommitCoder.of()));

  @StateId("last")
  private final StateSpec<ValueState<Long>> lastSpec = StateSpecs.value(VarLongCoder.of());

  @TimerFamily("ends")
  @SuppressWarnings("UnusedVariable") // Beam reads it
  private final TimerSpec endsSpec = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

  @ProcessElement
  public void process(
      @Element KV<String, KV<Long, Commit>> element,
      @StateId("parts") BagState<KV<Long, Commit>> parts,
      @StateId("last") ValueState<Long> last,
      @TimerFamily("ends") TimerMap ends) {
    KV<Long, Commit> part = element.getValue();
    Long left = last.read();
    if (left != null && part.getKey() <= left) {
      throw new IllegalStateException(
          "More came for commit %s, but %s has left".formatted(part.getValue().name(), name(left)));
    }
    parts.add(part);
    ends.set(String.valueOf(part.getKey()), Instant.ofEpochMilli(part.getKey() + 1));
  }

  @OnTimerFamily("ends")
  public void end(
      @TimerId String end,
      @StateId("parts") BagState<KV<Long, Commit>> parts,
      @StateId("last") ValueState<Long> last,
      OutputReceiver<Commit> out) {
    long ended = Long.parseLong(end);
    List<Commit> commit = new ArrayList<>();
    List<KV<Long, Commit>> waiting = new ArrayList<>();
    for (KV<Long, Commit> part : parts.read()) {
      if (part.getKey() == ended) {
        commit.add(part.getValue());
      } else {
        waiting.add(part);
      }
    }
    parts.clear();
    waiting.forEach(parts::add);
    if (!commit.isEmpty()) {
      Long before = last.read();
      out.output(
          Commit.together(name(ended), commit).comingAfter(before == null ? "" : name(before)));
      last.write(ended);
    }
  }

  private static String name(long end) {
    return CommitSchedule.name(Instant.ofEpochMilli(end));
  }
}
