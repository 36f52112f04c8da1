package dev.millrace.pipelines.ingest;

import dev.millrace.io.files.ReadOriginals;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.quality.TallyBlocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Where the records of a run come from. */
interface IngestInput {
  /** Into how many parts unbounded keys are divided. */
  int UNBOUNDED_SHARDS = 128;

  /**
   * The input that the options name, checked.
   *
   * @throws IllegalArgumentException if they name none, or two, or one that can't be read
   */
  static IngestInput of(IngestOptions options, Contract contract, Slice slice) {
    if (options.getUntilIdle() != null && !options.isStreaming()) {
      throw new IllegalArgumentException(
          "Invalid --untilIdle: %s (expected with --streaming only)"
              .formatted(options.getUntilIdle()));
    }
    if (SpliceInput.isWanted(options)) {
      return SpliceInput.of(options, contract, slice);
    }
    if (options.getTopic() == null) {
      Brokers.refuseRegistry(options);
      return FilesInput.of(options, contract, slice);
    }
    if (options.getInput() != null) {
      throw new IllegalArgumentException(
          "Invalid --topic: %s (expected without --input: a run reads files or a topic)"
              .formatted(options.getTopic()));
    }
    return TopicInput.of(options, contract);
  }

  /** What there is, or all that will come. */
  PTransform<PBegin, PCollection<RawBlock>> read();

  /** The files that are read, if it is files that are there at launch. */
  default List<String> files() {
    return List.of();
  }

  /** Counts what was read. */
  default TallyBlocks tally() {
    return TallyBlocks.asRead();
  }

  /** What reads the bytes of records again, so that they need not carry them; mostly nothing. */
  default Optional<ReadOriginals> originals() {
    return Optional.empty();
  }

  /** The start of the day that a source of records is named by, by its name; mostly of none. */
  default Map<String, Instant> days() {
    return Map.of();
  }

  /** Into how many parts the keys of the records are divided, unless an option says it. */
  int shards();

  /** Writes what there is to files, in another order of arrival. */
  void shuffle(Path folder, Duration lateness, long seed);
}
