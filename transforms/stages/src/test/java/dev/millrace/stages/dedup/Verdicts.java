package dev.millrace.stages.dedup;

import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.stages.Flights;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;

/** What became of records, as text such as {@code duplicate a.json@7}. */
final class Verdicts {
  private Verdicts() {}

  /** All three outputs as one collection. */
  static PCollection<String> of(Deduplicated result, String name) {
    return PCollectionList.of(map(result.unique(), name + "Unique", r -> text("unique", r)))
        .and(map(result.duplicates(), name + "Duplicate", r -> text("duplicate", r)))
        .and(map(result.conflicts(), name + "Conflict", Verdicts::text))
        .apply(name, Flatten.pCollections());
  }

  private static <T> PCollection<String> map(
      PCollection<T> elements, String name, SerializableFunction<T, String> text) {
    return elements.apply(name, MapElements.into(TypeDescriptors.strings()).via(text));
  }

  /** The judge's own answer. */
  static List<String> inOneShard(List<Record> records, String key, long horizonMillis) {
    List<String> verdicts = new ArrayList<>();
    DedupConfig config = DedupConfig.of(List.of(key)).withHorizonMillis(horizonMillis);
    new ShardJudge(config, Flights.SCHEMA)
        .judge(records.toArray(new Record[0]), records.size(), into(verdicts));
    return verdicts;
  }

  private static ShardJudge.Verdicts into(List<String> verdicts) {
    return new ShardJudge.Verdicts() {
      @Override
      public void unique(Record record) {
        verdicts.add(text("unique", record));
      }

      @Override
      public void duplicate(Record record) {
        verdicts.add(text("duplicate", record));
      }

      @Override
      public void conflict(Record record, Record other) {
        verdicts.add(text("conflict", record));
      }
    };
  }

  private static String text(String verdict, Record record) {
    return "%s %s@%d".formatted(verdict, record.source(), record.offset());
  }

  private static String text(Rejected rejected) {
    return "conflict %s@%d".formatted(rejected.raw().source(), rejected.raw().offset());
  }
}
