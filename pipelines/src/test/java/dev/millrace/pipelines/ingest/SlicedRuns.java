package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.io.table.Manifest;
import dev.millrace.record.Disposition;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What runs over some slices left, put together. */
final class SlicedRuns {
  /**
   * Of the many small runs of one test, which Beam's checks and bundles would take most of the time
   * of: the one over all is checked.
   */
  private static final String[] LEAN = {
    "--targetParallelism=1", "--enforceImmutability=false", "--enforceEncodability=false"
  };

  /** By path of a file of a table, its bytes. */
  private final TreeMap<String, String> files = new TreeMap<>();

  private final List<String> quarantine = new ArrayList<>();
  private final TreeMap<String, Long> ends = new TreeMap<>();

  /** One run over the days from one to before another, in more shards than those of a day have. */
  static SlicedRuns whole(Path folder, LocalDate from, LocalDate to, String... options)
      throws IOException {
    SlicedRuns runs = new SlicedRuns();
    String[] sharded =
        Stream.concat(Stream.of(options), Stream.of("--shards=2")).toArray(String[]::new);
    runs.run(folder.resolve("whole"), from, to, sharded);
    return runs.sorted();
  }

  /** A run over each of these days. */
  static SlicedRuns daily(Path folder, LocalDate from, LocalDate to, String... options)
      throws IOException {
    SlicedRuns runs = new SlicedRuns();
    String[] lean = Stream.of(options, LEAN).flatMap(Arrays::stream).toArray(String[]::new);
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      runs.run(folder.resolve(day.toString()), day, day.plusDays(1), lean);
    }
    return runs.sorted();
  }

  private void run(Path staging, LocalDate from, LocalDate to, String... options)
      throws IOException {
    String[] interval = {"--from=" + from, "--to=" + to};
    Manifest manifest =
        IngestRun.to(
                staging,
                Stream.of(options, interval).flatMap(Arrays::stream).toArray(String[]::new))
            .manifest();
    assertBalances(manifest);
    for (WrittenFile file : manifest.files()) {
      Path path = staging.resolve(file.path());
      if (file.table().equals("quarantine")) {
        quarantine.addAll(Files.readAllLines(path));
      } else {
        String before = files.put(file.path(), HexFormat.of().formatHex(Files.readAllBytes(path)));
        assertThat(file.path() + " is written once", before == null, is(true));
      }
    }
    for (Map.Entry<Tally, Long> tally : manifest.tallies().entrySet()) {
      Tally of = tally.getKey();
      switch (of.disposition()) {
        case PUBLISHED, REJECTED, DUPLICATE ->
            ends.merge(
                of.disposition() + " " + of.detail() + " " + of.partition() + " " + of.hour(),
                tally.getValue(),
                Long::sum);
        default -> {}
      }
    }
  }

  /** As an audit does, of the run and of each partition. */
  private static void assertBalances(Manifest manifest) {
    assertThat(
        manifest.count(Disposition.READ),
        is(
            manifest.rows("records")
                + manifest.rows("quarantine")
                + manifest.count(Disposition.DUPLICATE)
                + manifest.count(Disposition.FILTERED)));
    NavigableMap<String, Long> ended = new TreeMap<>();
    manifest
        .tallies()
        .forEach(
            (tally, count) -> {
              boolean ends =
                  switch (tally.disposition()) {
                    case PUBLISHED, DUPLICATE, FILTERED -> true;
                    case REJECTED -> tally.detail().equals(RejectReason.CONFLICTING_KEY.code());
                    default -> false;
                  };
              if (ends) {
                ended.merge(tally.partition(), count, Long::sum);
              }
            });
    assertThat(ended, is(manifest.countByPartition(Disposition.ACCEPTED)));
  }

  private SlicedRuns sorted() {
    Collections.sort(quarantine);
    return this;
  }

  /** The paths of the files of all tables, and their bytes. */
  NavigableMap<String, String> files() {
    return files;
  }

  /** The lines of the quarantine: all of what is said about each record. */
  List<String> quarantine() {
    return quarantine;
  }

  /** How many were published, rejected or duplicates, by all that they are counted by. */
  NavigableMap<String, Long> ends() {
    return ends;
  }

  /** How many came to an end such as {@code DUPLICATE}. */
  long count(String end) {
    return ends.entrySet().stream()
        .filter(count -> count.getKey().startsWith(end))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  void assertEqual(SlicedRuns whole) {
    assertThat(quarantine, is(whole.quarantine));
    assertThat(ends, is(whole.ends));
    assertThat(files.keySet(), is(whole.files.keySet()));
    assertThat(files, is(whole.files));
  }
}
