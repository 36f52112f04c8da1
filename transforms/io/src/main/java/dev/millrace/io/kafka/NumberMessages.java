package dev.millrace.io.kafka;

import java.util.Optional;
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

/**
 * Gives each message of a shard its place in it: how far the shard is with it. From time to time it
 * reminds of each shard, by its last place without a message, so that one that is silent isn't
 * forgotten. When a reminder comes depends on the clock, and nothing else does.
 */
final class NumberMessages
    extends DoFn<KV<Integer, KafkaMessage>, KV<KV<Integer, ShardProgress>, KafkaMessage>> {
  private static final long serialVersionUID = 1L;

  @StateId("progress")
  private final StateSpec<ValueState<ShardProgress>> progressSpec =
      StateSpecs.value(ShardProgress.ProgressCoder.of());

  @TimerId("reminder")
  private final TimerSpec reminderSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private final Duration reminders;

  NumberMessages(java.time.Duration reminders) {
    this.reminders = Duration.millis(reminders.toMillis());
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, KafkaMessage> element,
      @StateId("progress") ValueState<ShardProgress> state,
      @TimerId("reminder") Timer reminder,
      OutputReceiver<KV<KV<Integer, ShardProgress>, KafkaMessage>> out) {
    KafkaMessage message = element.getValue();
    ShardProgress before = Optional.ofNullable(state.read()).orElse(ShardProgress.NONE);
    ShardProgress progress = before.then(message);
    state.write(progress);
    out.output(KV.of(KV.of(element.getKey(), progress), message));
    if (before.count() == 0) {
      setNext(reminder);
    }
  }

  /** Runners let timers fire early when the stream has ended: then there is nothing to keep. */
  @OnTimer("reminder")
  public void onReminder(
      OnTimerContext context,
      @Key Integer shard,
      @StateId("progress") ValueState<ShardProgress> state,
      @TimerId("reminder") Timer reminder,
      OutputReceiver<KV<KV<Integer, ShardProgress>, KafkaMessage>> out) {
    if (context.fireTimestamp().isAfter(reminder.getCurrentRelativeTime())) {
      return;
    }
    out.outputWithTimestamp(
        KV.of(KV.of(shard, state.read()), null), GlobalWindow.INSTANCE.maxTimestamp());
    setNext(reminder);
  }

  /** Without a timestamp it doesn't hold the watermark, and is after the end of all windows. */
  private void setNext(Timer reminder) {
    reminder.withNoOutputTimestamp().offset(reminders).setRelative();
  }

  @Override
  @SuppressWarnings("deprecation") // what a timer without a timestamp puts out is before it
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
