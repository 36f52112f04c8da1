package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.millrace.record.Record;
import dev.millrace.stages.Flights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShardMemoryTest {
  private static final long MINUTE = 60_000;
  private static final DedupConfig CONFIG =
      DedupConfig.of(List.of("flight")).withHorizonMillis(MINUTE);

  private final RecordHashes hashes = new RecordHashes(Flights.SCHEMA, CONFIG.key());
  private final HeapLogs store = new HeapLogs();
  private final ShardMemory memory = new ShardMemory(CONFIG);

  @Test
  void remembersAcrossTheChunksOfALog() {
    List<Record> records = flights(0, 400);

    assertThat(judge(memory, records), is(Collections.nCopies(400, "unique")));
    assertThat(judge(memory, records), is(Collections.nCopies(400, "duplicate")));
    assertThat(store.heads.values().iterator().next().sightings(), is(400));
    assertThat(lengths(), contains(128, 128, 128, 16));
  }

  @Test
  void remembersAFullChunkAsSuch() {
    List<Record> records = flights(0, 128);

    judge(memory, records);

    assertThat(lengths(), contains(128));
    assertThat(judge(memory, records), is(Collections.nCopies(128, "duplicate")));
    assertThat(judge(memory, flights(128, 129)), contains("unique"));
    assertThat(lengths(), contains(128, 1));
  }

  @Test
  void findsWhatOneBeforeARestoreRemembered() {
    List<Record> records = flights(0, 300);
    judge(memory, records);

    ShardMemory restored = new ShardMemory(CONFIG);

    assertThat(judge(restored, records), is(Collections.nCopies(300, "duplicate")));
    assertThat(judge(restored, flights(300, 301)), contains("unique"));
  }

  @Test
  void findsWhatAnotherInstanceRememberedSince() {
    judge(memory, flights(0, 200));
    judge(new ShardMemory(CONFIG), flights(200, 500));

    assertThat(judge(memory, flights(0, 500)), is(Collections.nCopies(500, "duplicate")));
  }

  @Test
  void forgetsABlockThatFailed() {
    judge(memory, flights(0, 10));
    memory.open(store);
    flights(10, 20).forEach(record -> judge(memory, record));
    judge(new ShardMemory(CONFIG), flights(20, 30));

    assertThat(judge(memory, flights(10, 20)), is(Collections.nCopies(10, "unique")));
    assertThat(judge(memory, flights(0, 30)), is(Collections.nCopies(30, "duplicate")));
  }

  @Test
  void readsNoChunkForWhatIsNew() {
    judge(memory, flights(0, 1000));
    store.chunksRead = 0;

    judge(memory, flights(1000, 1500));

    assertThat("no more than false alarms", store.chunksRead, lessThan(5));
  }

  @Test
  void asksForTheExpiryOfANewBucketOnce() {
    Record early = flight("07:00:30", 1, 5);
    Record later = flight("07:02:30", 2, 5);

    judge(memory, List.of(early, later));
    assertThat(
        store.expiring, contains(bucket(early.eventTimeMillis()), bucket(later.eventTimeMillis())));

    store.expiring.clear();
    judge(memory, List.of(flight("07:00:31", 3, 5)));
    assertThat(store.expiring.size(), is(0));
  }

  @Test
  void startsAnewWhenABucketIsForgotten() {
    List<Record> records = flights(0, 300);
    judge(memory, records);

    store.remove(bucket(records.get(0).eventTimeMillis()));

    assertThat(store.heads, is(anEmptyMap()));
    assertThat(store.chunks, is(anEmptyMap()));
    assertThat(judge(memory, records), is(Collections.nCopies(300, "unique")));
  }

  @Test
  void dropsNoMoreThanACache() {
    List<Record> records = flights(0, 300);
    judge(memory, records);

    memory.dropUpTo(bucket(records.get(0).eventTimeMillis()));

    assertThat(judge(memory, records), is(Collections.nCopies(300, "duplicate")));
  }

  /** Arrivals in the order of the records, of which bounded and unbounded make the same. */
  @Test
  void judgesAsTheBoundedFormDoes() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Record> records = random(random, 3000);
      List<String> expected = Verdicts.inOneShard(records, "flight", MINUTE);

      HeapLogs logs = new HeapLogs();
      List<ShardMemory> instances = List.of(new ShardMemory(CONFIG), new ShardMemory(CONFIG));
      List<String> verdicts = new ArrayList<>();
      for (int from = 0; from < records.size(); ) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(300));
        ShardMemory instance = instances.get(random.nextInt(2));
        List<Record> block = records.subList(from, to);
        List<String> judged = judge(instance, logs, block);
        for (int i = 0; i < block.size(); i++) {
          verdicts.add("%s a.json@%d".formatted(judged.get(i), block.get(i).offset()));
        }
        from = to;
      }

      assertThat(verdicts, is(expected));
      assertThat(
          verdicts.stream().map(v -> v.split(" ", 2)[0]).toList(),
          hasItems("unique", "duplicate", "conflict"));
    }
  }

  private static List<Record> random(Random random, int size) {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String time = "07:%02d:%02d".formatted(random.nextInt(10), random.nextInt(60));
      long key = random.nextInt(random.nextBoolean() ? 20 : 2000);
      records.add(flight("AA", time, key, (double) random.nextInt(3), "a.json", i));
    }
    records.sort(
        Comparator.comparingLong(Record::eventTimeMillis).thenComparingLong(Record::offset));
    return records;
  }

  private static List<Record> flights(long from, long to) {
    return LongStream.range(from, to).mapToObj(n -> flight("07:00:30", n, 5)).toList();
  }

  private static long bucket(long millis) {
    return Math.floorDiv(millis, MINUTE);
  }

  /** How many sightings each chunk of the only log has. */
  private List<Integer> lengths() {
    return store.chunks.entrySet().stream()
        .sorted(Comparator.comparing(chunk -> chunk.getKey().getValue()))
        .map(chunk -> chunk.getValue().length / Sightings.BYTES)
        .toList();
  }

  private List<String> judge(ShardMemory memory, List<Record> block) {
    return judge(memory, store, block);
  }

  private List<String> judge(ShardMemory memory, LogStore store, List<Record> block) {
    memory.open(store);
    List<String> verdicts = block.stream().map(record -> judge(memory, record)).toList();
    memory.close();
    return verdicts;
  }

  private String judge(ShardMemory memory, Record record) {
    Sightings search = new Sightings(MINUTE);
    hashes.readKey(record);
    hashes.readContent(record);
    search.begin(hashes, record.eventTimeMillis());
    memory.look(search, record.eventTimeMillis());
    return search.isDuplicate() ? "duplicate" : search.isConflict() ? "conflict" : "unique";
  }
}
