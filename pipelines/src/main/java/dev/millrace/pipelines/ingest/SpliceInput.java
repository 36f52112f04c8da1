package dev.millrace.pipelines.ingest;

import dev.millrace.io.files.ReadFiles;
import dev.millrace.io.files.SpliceFiles;
import dev.millrace.io.kafka.ReadKafka;
import dev.millrace.io.kafka.TopicStart;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.LatestEventTime;
import dev.millrace.stages.quality.TallyBlocks;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** A history of files, then the topic that goes on: one input, without a gap between the two. */
final class SpliceInput implements IngestInput {
  private final SpliceFiles splice;
  private final ReadKafka live;
  private final Handover handover;

  private SpliceInput(SpliceFiles splice, ReadKafka live, Handover handover) {
    this.splice = splice;
    this.live = live;
    this.handover = handover;
  }

  /**
   * Where the topic is begun.
   *
   * @param from the instant of publishing
   */
  private record Handover(String topic, Instant from) {
    private static final Pattern FORM = Pattern.compile("([^@]+)@(.+)");

    static Handover parse(String text) {
      Matcher matcher = FORM.matcher(text);
      Optional<Instant> from = matcher.matches() ? instant(matcher.group(2)) : Optional.empty();
      return from.map(instant -> new Handover(matcher.group(1), instant))
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Invalid --then: %s (expected TOPIC@INSTANT, such as flights@2001-01-15T06:00:00Z)"
                          .formatted(text)));
    }

    private static Optional<Instant> instant(String text) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  /** Whether the options ask for it. */
  static boolean isWanted(IngestOptions options) {
    return options.getBootstrapFrom() != null || options.getThen() != null;
  }

  static SpliceInput of(IngestOptions options, Contract contract, Slice slice) {
    refuseOthers(options);
    Handover handover = Handover.parse(options.getThen());
    ReadFiles files = FilesInput.readFiles(options, slice.match(options.getBootstrapFrom()));
    ReadKafka live =
        TopicInput.all(options, contract, handover.topic())
            .startingAt(TopicStart.publishedAt(handover.from()))
            .fixed();
    SpliceFiles splice =
        SpliceFiles.of(files, live, handover.from())
            .withEventTimes(LatestEventTime.against(contract))
            .withMaxOutOfOrderness(
                Choice.duration("maxOutOfOrderness", options.getMaxOutOfOrderness()));
    return new SpliceInput(splice, live, handover);
  }

  private static void refuseOthers(IngestOptions options) {
    String files = Choice.shown(options.getBootstrapFrom());
    if (files == null) {
      Choice.refuse("then", options.getThen(), "with --bootstrapFrom");
    }
    if (options.getThen() == null) {
      Choice.refuse("bootstrapFrom", files, "with --then");
    }
    if (!options.isStreaming()) {
      Choice.refuse("bootstrapFrom", files, "with --streaming");
    }
    String expected = "without --bootstrapFrom and --then, which say what is read";
    Choice.refuse("input", Choice.shown(options.getInput()), expected);
    Choice.refuse("topic", options.getTopic(), expected);
    Choice.refuse("startingAt", options.getStartingAt(), expected);
    Choice.refuse("publishedFrom", options.getPublishedFrom(), expected);
    Choice.refuse("publishedTo", options.getPublishedTo(), expected);
  }

  @Override
  public PTransform<PBegin, PCollection<RawBlock>> read() {
    return splice;
  }

  /** How much of the files and of each partition was read shows that nothing is left out. */
  @Override
  public TallyBlocks tally() {
    return TallyBlocks.asRead().bySource(live.starts());
  }

  @Override
  public int shards() {
    return UNBOUNDED_SHARDS;
  }

  @Override
  public void shuffle(Path folder, Duration lateness, long seed) {
    throw TopicInput.noFiles(handover.topic());
  }
}
