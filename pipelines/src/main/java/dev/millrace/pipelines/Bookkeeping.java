package dev.millrace.pipelines;

import dev.millrace.io.table.ManifestEntries;
import dev.millrace.io.table.PublishCommits;
import dev.millrace.io.table.WriteManifest;
import dev.millrace.record.CommitWindows;
import dev.millrace.record.Disposition;
import dev.millrace.record.Partitioning;
import dev.millrace.record.Record;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.CountedRule;
import dev.millrace.stages.quality.TallyMatches;
import dev.millrace.stages.quality.TallyRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;

/**
 * What a pipeline counts and writes while it is built, gathered into one manifest at its end, or
 * published by commit while it goes on. The counts are data that flow with the records.
 */
public final class Bookkeeping {
  private final Partitioning partitioning;
  private final List<CountedRule> rules;
  private final Closing closing;
  private final List<PCollection<KV<Tally, Long>>> tallies = new ArrayList<>();
  private final List<PCollection<WrittenFile>> files = new ArrayList<>();
  private final Map<PCollection<?>, PCollection<?>> windowed = new HashMap<>();

  /**
   * How books are closed.
   *
   * @param windows those of the commits; null where all is closed at once
   */
  private record Closing(
      String name, PTransform<ManifestEntries, PDone> transform, CommitWindows windows) {
    /** Whatever the windows and triggers were. */
    private static <T> Window<T> into(CommitWindows windows) {
      return Window.<T>into(windows)
          .triggering(DefaultTrigger.of())
          .withAllowedLateness(Duration.ZERO)
          .discardingFiredPanes();
    }
  }

  /** Books of a run, by partition of event time, to be closed into a manifest. */
  public Bookkeeping(Partitioning partitioning, WriteManifest writeManifest) {
    this(partitioning, List.of(), new Closing("WriteManifest", writeManifest, null));
  }

  /**
   * Books of a run of records of a contract: as it partitions them, with what its rules count of
   * those that are published.
   */
  public Bookkeeping(Contract contract, WriteManifest writeManifest) {
    this(
        contract.partitioning(),
        contract.countedRules(),
        new Closing("WriteManifest", writeManifest, null));
  }

  /**
   * Books of a run that goes on, likewise, which are published by commit. Elements have the time of
   * reading as their timestamps, and sinks write for commits.
   */
  public Bookkeeping(Contract contract, PublishCommits publishCommits) {
    this(
        contract.partitioning(),
        contract.countedRules(),
        new Closing("PublishCommits", publishCommits, publishCommits.schedule().windows()));
  }

  private Bookkeeping(Partitioning partitioning, List<CountedRule> rules, Closing closing) {
    this.partitioning = partitioning;
    this.rules = rules;
    this.closing = closing;
  }

  /**
   * Counts records by what became of them, their partition and their hour; and those that are
   * published by the rules of the contract, too.
   */
  public void count(String name, PCollection<Record> records, Disposition disposition) {
    count(name, records, TallyRecords.as(disposition).by(partitioning).hourly());
    if (disposition == Disposition.PUBLISHED && !rules.isEmpty()) {
      count("Rules" + name, records, TallyMatches.of(conditions()));
    }
  }

  private Map<String, SerializableFunction<Record, Boolean>> conditions() {
    Map<String, SerializableFunction<Record, Boolean>> conditions = new LinkedHashMap<>();
    rules.forEach(rule -> conditions.put(rule.expectation().id(), rule::counts));
    return conditions;
  }

  /** Counts elements. */
  public <T> void count(
      String name,
      PCollection<T> elements,
      PTransform<PCollection<T>, PCollection<KV<Tally, Long>>> tally) {
    tallies.add(window(name, elements).apply("Tally" + name, tally));
  }

  /** Writes elements to files. */
  public <T> void file(
      String name,
      PCollection<T> elements,
      PTransform<PCollection<T>, PCollection<WrittenFile>> sink) {
    files.add(window(name, elements).apply(name, sink));
  }

  /** Elements in the windows of their commits, if there are any; those of a collection once. */
  @SuppressWarnings("unchecked") // a collection is kept with one of its own type
  private <T> PCollection<T> window(String name, PCollection<T> elements) {
    if (closing.windows == null) {
      return elements;
    }
    return (PCollection<T>)
        windowed.computeIfAbsent(
            elements, first -> elements.apply("Commit" + name, Closing.into(closing.windows)));
  }

  /** Writes the manifest, when all that was counted and written is known, or commits of it. */
  public void close() {
    new ManifestEntries(PCollectionList.of(files), PCollectionList.of(tallies))
        .apply(closing.name, closing.transform);
  }
}
