package dev.millrace.pipelines.ingest;

import static java.time.ZoneOffset.UTC;

import dev.millrace.io.InputException;
import dev.millrace.io.files.FileFormat;
import dev.millrace.io.files.FileSet;
import dev.millrace.io.files.ReadFiles;
import dev.millrace.io.files.ReadOriginals;
import dev.millrace.io.files.ShuffleFiles;
import dev.millrace.io.files.WatchFiles;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.decode.LatestEventTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Files: those that are there at launch, or those that come while the run goes on. */
final class FilesInput implements IngestInput {
  private static final long SHARD_BYTES = 32L << 20;

  /** Of so little, a shard more takes longer to have than its records take. */
  private static final long BYTES_FOR_ONE = 1L << 20;

  private static final int SHUFFLED_FILES = 4;

  private final IngestOptions options;
  private final Contract contract;

  private final Slice slice;

  /** Null where files are watched for. */
  private final FileSet files;

  private FilesInput(IngestOptions options, Contract contract, Slice slice, FileSet files) {
    this.options = options;
    this.contract = contract;
    this.slice = slice;
    this.files = files;
  }

  static FilesInput of(IngestOptions options, Contract contract, Slice slice) {
    List<String> patterns = options.getInput();
    if (patterns == null) {
      throw new IllegalArgumentException("Missing required value: input (or topic)");
    }
    if (options.isStreaming()) {
      return new FilesInput(options, contract, slice, null);
    }
    return new FilesInput(options, contract, slice, match(options, slice));
  }

  /** A slice without files is a slip, unless somebody says that it may be so. */
  private static FileSet match(IngestOptions options, Slice slice) {
    try {
      return slice.match(options.getInput());
    } catch (InputException e) {
      if (options.isAllowEmpty() && e.kind() != InputException.Kind.UNREADABLE) {
        return FileSet.none();
      }
      throw e;
    }
  }

  @Override
  public PTransform<PBegin, PCollection<RawBlock>> read() {
    return files == null ? watchFiles() : readFiles();
  }

  @Override
  public List<String> files() {
    return files == null ? List.of() : files.paths();
  }

  @Override
  public Optional<ReadOriginals> originals() {
    return files == null ? Optional.empty() : readFiles().originals();
  }

  @Override
  public Map<String, Instant> days() {
    Map<String, Instant> starts = new HashMap<>();
    if (files != null) {
      files.days().forEach((path, day) -> starts.put(path, day.atStartOfDay(UTC).toInstant()));
    }
    return starts;
  }

  private ReadFiles readFiles() {
    ReadFiles read = readFiles(options, files);
    return options.getFormat() == null ? read : read.withFormat(format());
  }

  /** Reads files in the formats that their names say. */
  static ReadFiles readFiles(IngestOptions options, FileSet files) {
    return ReadFiles.of(files)
        .withDialect(dialect(options))
        .withMaxExpansion(options.getMaxExpansion());
  }

  private WatchFiles watchFiles() {
    WatchFiles watch =
        WatchFiles.matching(options.getInput())
            .withDialect(dialect(options))
            .withMaxExpansion(options.getMaxExpansion())
            .withEventTimes(LatestEventTime.against(contract))
            .withMaxOutOfOrderness(
                Choice.duration("maxOutOfOrderness", options.getMaxOutOfOrderness()))
            .withPollInterval(Choice.duration("pollInterval", options.getPollInterval()));
    if (options.getFormat() != null) {
      watch = watch.withFormat(format());
    }
    if (options.getFilesPerPoll() != null) {
      watch = watch.withFilesPerPoll(options.getFilesPerPoll());
    }
    return options.getUntilIdle() == null
        ? watch
        : watch.untilIdle(Choice.duration("untilIdle", options.getUntilIdle()));
  }

  /** Writes the files that are there, in another order of arrival. */
  @Override
  public void shuffle(Path folder, Duration lateness, long seed) {
    if (!slice.holds(days().values())) {
      throw new IllegalArgumentException(
          "Invalid --input: %s (expected no {date} in trials of an interval that files around it are read for: elsewhere, rejects don't have their day)"
              .formatted(Choice.shown(options.getInput())));
    }
    ShuffleFiles shuffle = ShuffleFiles.of(files).withDialect(dialect(options));
    if (options.getFormat() != null) {
      shuffle = shuffle.withFormat(format());
    }
    shuffle.writeTo(folder, SHUFFLED_FILES, LatestEventTime.against(contract), lateness, seed);
  }

  private FileFormat format() {
    return Choice.checked("format", () -> FileFormat.named(options.getFormat()));
  }

  private static CsvDialect dialect(IngestOptions options) {
    char delimiter =
        Choice.checked("csvDelimiter", () -> CsvDialect.character(options.getCsvDelimiter()));
    char quote = Choice.checked("csvQuote", () -> CsvDialect.character(options.getCsvQuote()));
    return Choice.checked("csvDelimiter or --csvQuote", () -> new CsvDialect(delimiter, quote));
  }

  /** So many that a shard stays small in memory, so few that its files don't. */
  @Override
  public int shards() {
    if (files == null) {
      return UNBOUNDED_SHARDS;
    }
    long bytes = files.uncompressedBytes();
    return bytes < BYTES_FOR_ONE ? 1 : (int) Math.max(4, Math.min(64, bytes / SHARD_BYTES + 1));
  }
}
