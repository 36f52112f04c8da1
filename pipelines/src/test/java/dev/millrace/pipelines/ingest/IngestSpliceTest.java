package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.InputException;
import dev.millrace.io.table.Manifest;
import dev.millrace.record.Disposition;
import dev.millrace.record.Tally;
import dev.millrace.testing.broker.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code ingest --bootstrapFrom --then}: three days of files, and a topic that has the third day,
 * too, and two more. Each flight was published when it took off.
 */
@Order(4)
class IngestSpliceTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FLIGHTS_A_DAY = 48;
  private static final String RUN = "spliced";

  private static KafkaBroker broker;

  @TempDir Path folder;
  private Path history;

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Of the last day the files lack the second half, and have a flight that the topic lacks. */
  @BeforeEach
  void writeHistory() throws IOException {
    history = Files.createDirectory(folder.resolve("history"));
    for (int day = 1; day <= 2; day++) {
      Files.write(history.resolve(day + ".ndjson"), flights(day, 0, FLIGHTS_A_DAY));
    }
    List<String> last = new ArrayList<>(flights(3, 0, FLIGHTS_A_DAY / 2));
    last.add("{");
    last.add(flight(3, 23, 9_999));
    Files.write(history.resolve("3.ndjson"), last);
  }

  /** From the second day on, so that there is something before the third. */
  private static String topic(String name) throws Exception {
    broker.createTopic(name, 2);
    for (int day = 2; day <= 5; day++) {
      send(name, flights(day, 0, FLIGHTS_A_DAY));
    }
    return name;
  }

  private static void send(String topic, List<String> flights) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < flights.size(); i++) {
        String flight = flights.get(i);
        byte[] value = flight.getBytes(StandardCharsets.UTF_8);
        long millis = Instant.parse(flight.substring(9, 29)).toEpochMilli();
        producer.send(new ProducerRecord<>(topic, i % 2, millis, null, value)).get();
      }
    }
  }

  @Test
  void readsTheFilesThenTheTopicWithoutGapOrOverlap() throws Exception {
    String topic = topic("whole");
    StagedOutput spliced =
        IngestRun.to(folder.resolve("spliced"), splice(topic, "--untilIdle=200ms"));
    StagedOutput union = union(5);

    assertThat(spliced.rows("records"), hasSize(5 * FLIGHTS_A_DAY + 1));
    assertThat(spliced.rows("records"), is(union.rows("records")));
    assertThat(spliced.rows("aggregates"), is(union.rows("aggregates")));
    assertThat(spliced.quarantine(), is(union.quarantine()));
    assertThat(spliced.counts(), is(union.counts()));
    assertThat(spliced.counts(), containsString("\"duplicate\":24,\"late\":0"));
    assertThat(readBySource(List.of(spliced.manifest())), is(expected(topic)));
  }

  @Test
  void accountsForBothWhileItPublishesByCommits() throws Exception {
    String topic = topic("commits");
    Path output = folder.resolve("out");
    PipelineResult run =
        IngestRun.build(
                output.resolve("_staging").resolve(RUN),
                splice(topic, "--output=" + output, "--runId=" + RUN, "--blockOnRun=false"))
            .run();
    try {
      await(() -> Files.exists(output.resolve("records/dt=2001-01-04/_SUCCESS")));
      StagedOutput published = StagedOutput.published(output);
      List<String> union = union(5).rows("records");
      assertThat(published.rows("records"), is(union.subList(0, 4 * FLIGHTS_A_DAY + 1)));

      send(topic, flights(6, 0, FLIGHTS_A_DAY));
      send(topic, flights(7, 0, FLIGHTS_A_DAY));
      await(() -> Files.exists(output.resolve("records/dt=2001-01-06/_SUCCESS")));
      // The eighth day completes the seventh. How much of it comes with that is the reader's to
      // say,
      // which takes messages as they come.
      Map<String, Long> sevenDays = expected(topic);
      send(topic, flights(8, 0, FLIGHTS_A_DAY));
      Map<String, Long> eightDays = expected(topic);
      await(() -> isBetween(readBySource(commits(output)), sevenDays, eightDays));
      assertThat(sum(commits(output), Disposition.LATE), is(0L));
      assertThat(sum(commits(output), Disposition.DUPLICATE), is(24L));
    } finally {
      IngestRun.cancel(run);
    }
  }

  private static boolean isBetween(
      Map<String, Long> read, Map<String, Long> least, Map<String, Long> most) {
    return read.keySet().equals(least.keySet())
        && read.entrySet().stream()
            .allMatch(
                source ->
                    source.getValue() >= least.get(source.getKey())
                        && source.getValue() <= most.get(source.getKey()));
  }

  /** What the broker and the files say. */
  private Map<String, Long> expected(String topic) throws Exception {
    Map<String, Long> expected = new TreeMap<>();
    long lines = 0;
    for (int day = 1; day <= 3; day++) {
      lines += Files.readAllLines(history.resolve(day + ".ndjson")).size();
    }
    expected.put("files", lines);
    for (int number = 0; number < 2; number++) {
      TopicPartition partition = new TopicPartition(topic, number);
      long from = offset(partition, OffsetSpec.forTimestamp(millis(3)));
      long to = offset(partition, OffsetSpec.latest());
      assertThat("what is before isn't read", from, is(FLIGHTS_A_DAY / 2L));
      expected.put("%s/%d from offset %d".formatted(topic, number, from), to - from);
    }
    return expected;
  }

  private static long offset(TopicPartition partition, OffsetSpec spec) throws Exception {
    try (Admin admin = broker.admin()) {
      return admin.listOffsets(Map.of(partition, spec)).partitionResult(partition).get().offset();
    }
  }

  private static Map<String, Long> readBySource(List<Manifest> manifests) {
    Map<String, Long> read = new TreeMap<>();
    for (Manifest manifest : manifests) {
      for (Map.Entry<Tally, Long> tally : manifest.tallies().entrySet()) {
        if (tally.getKey().disposition() == Disposition.READ) {
          read.merge(tally.getKey().detail(), tally.getValue(), Long::sum);
        }
      }
    }
    return read;
  }

  private static long sum(List<Manifest> commits, Disposition disposition) {
    return commits.stream().mapToLong(commit -> commit.count(disposition)).sum();
  }

  private static List<Manifest> commits(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("_runs").resolve(RUN))) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(Manifest::read)
          .toList();
    }
  }

  /** One bounded run over the files and what the topic has from the third day on. */
  private StagedOutput union(int lastDay) throws IOException {
    List<String> live = new ArrayList<>();
    for (int day = 3; day <= lastDay; day++) {
      live.addAll(flights(day, 0, FLIGHTS_A_DAY));
    }
    Path file = Files.write(folder.resolve("live.ndjson"), live);
    return IngestRun.to(
        folder.resolve("union"),
        "--input=" + history + "/*," + file,
        CONTRACT,
        "--aggregate=count,mean(delay)");
  }

  private String[] splice(String topic, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--streaming",
                "--bootstrapFrom=" + history + "/*",
                "--then=%s@2001-01-03T00:00:00Z".formatted(topic),
                "--bootstrapServers=" + broker.bootstrapServers(),
                "--shards=1",
                "--idleness=9000d",
                "--aggregate=count,mean(delay)",
                CONTRACT));
    options.addAll(Arrays.asList(more));
    return options.toArray(String[]::new);
  }

  @Test
  void readsFilesOfAnotherFormatThanMessages() throws Exception {
    String topic = "formats";
    broker.createTopic(topic, 1);
    send(topic, List.of(flight(3, 1, 1)));
    Path csv =
        Files.writeString(
            folder.resolve("a.csv"),
            "date,delay,distance,origin,destination\n2001-01-02T01:00:00Z,1,1,SFO,LAX\n");
    StagedOutput output =
        IngestRun.to(
            folder.resolve("spliced"),
            splice(topic, "--untilIdle=200ms", "--bootstrapFrom=" + csv, "--format=ndjson"));
    assertThat(output.rows("records"), hasSize(2 * FLIGHTS_A_DAY + FLIGHTS_A_DAY / 2 + 3));
  }

  @Test
  void refusesATopicThatIsNotThere() {
    InputException e =
        assertThrows(
            InputException.class, () -> IngestRun.build(folder.resolve("none"), splice("nowhere")));
    assertThat(
        e.getMessage(),
        is(
            "Cannot read topic nowhere: there is none of that name at "
                + broker.bootstrapServers()));
  }

  @Test
  void refusesFilesThatAreNotThere() {
    String[] options = splice("t", "--bootstrapFrom=" + folder + "/none-*");
    InputException e =
        assertThrows(InputException.class, () -> IngestRun.build(folder.resolve("none"), options));
    assertThat(
        e.getMessage(), is("Cannot find input: no file matches %s/none-*".formatted(folder)));
  }

  @Test
  void refusesToBeShuffled() throws Exception {
    IngestOptions options =
        PipelineOptionsFactory.fromArgs(
                splice(topic("shuffled"), "--untilIdle=200ms", "--staging=" + folder))
            .as(IngestOptions.class);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Ingest().shuffleInput(options, folder.resolve("shuffled"), 1));
    assertThat(
        e.getMessage(),
        is("Cannot shuffle topic shuffled (expected --input: what is shuffled are files)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--streaming --bootstrapFrom=x|Invalid --bootstrapFrom: x (expected only with --then)",
        "--streaming --then=t@2001-01-03T00:00:00Z|Invalid --then: t@2001-01-03T00:00:00Z (expected only with --bootstrapFrom)",
        "--bootstrapFrom=x,y --then=t@2001-01-03T00:00:00Z|Invalid --bootstrapFrom: x,y (expected only with --streaming)",
        "--streaming --bootstrapFrom=x --then=flights|Invalid --then: flights (expected TOPIC@INSTANT, such as flights@2001-01-15T06:00:00Z)",
        "--streaming --bootstrapFrom=x --then=flights@yesterday|Invalid --then: flights@yesterday (expected TOPIC@INSTANT, such as flights@2001-01-15T06:00:00Z)",
        "--streaming --bootstrapFrom=x --then=flights@2001-01-03T00:00:00|Invalid --then: flights@2001-01-03T00:00:00 (expected TOPIC@INSTANT, such as flights@2001-01-15T06:00:00Z)",
        "--streaming --bootstrapFrom=x --then=2001-01-03T00:00:00Z|Invalid --then: 2001-01-03T00:00:00Z (expected TOPIC@INSTANT, such as flights@2001-01-15T06:00:00Z)",
        "--streaming --bootstrapFrom=x --then=t@2001-01-03T00:00:00Z --input=a|Invalid --input: a (expected only without --bootstrapFrom and --then, which say what is read)",
        "--streaming --bootstrapFrom=x --then=t@2001-01-03T00:00:00Z --topic=a|Invalid --topic: a (expected only without --bootstrapFrom and --then, which say what is read)",
        "--streaming --bootstrapFrom=x --then=t@2001-01-03T00:00:00Z --startingAt=latest|Invalid --startingAt: latest (expected only without --bootstrapFrom and --then, which say what is read)",
        "--streaming --bootstrapFrom=x --then=t@2001-01-03T00:00:00Z --publishedFrom=2001-01-03T00:00:00Z|Invalid --publishedFrom: 2001-01-03T00:00:00Z (expected only without --bootstrapFrom and --then, which say what is read)",
        "--streaming --bootstrapFrom=x --then=t@2001-01-03T00:00:00Z --publishedTo=2001-01-03T00:00:00Z|Invalid --publishedTo: 2001-01-03T00:00:00Z (expected only without --bootstrapFrom and --then, which say what is read)",
        "--streaming --bootstrapFrom=../testdata/flights/2001-01-01.ndjson.gz --then=t@2001-01-03T00:00:00Z|Missing required value: bootstrapServers",
        "--streaming --bootstrapFrom=../testdata/flights/2001-01-01.ndjson.gz --then=a:b@2001-01-03T00:00:00Z --bootstrapServers=b:1|Invalid topic: a:b (expected up to 249 letters, digits, dots, underscores and hyphens)",
      })
  void refuses(String arguments, String message) {
    String[] all = (arguments + " " + CONTRACT).split(" ");
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> IngestRun.to(folder, all));
    assertThat(failure.getMessage(), is(message));
  }

  @Test
  void refusesToSendToTheTopicThatItReads() throws Exception {
    String[] options = splice(topic("looped"), "--outputTopic=looped");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> IngestRun.build(folder.resolve("none"), options));
    assertThat(
        e.getMessage(), is("Invalid --outputTopic: looped (expected another topic than --then)"));
  }

  /** What happens while a run goes on. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat("the run gets on", System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static long millis(int day) {
    return Instant.parse("2001-01-0%dT00:00:00Z".formatted(day)).toEpochMilli();
  }

  /** Flights of a day in the order of time, half an hour apart. */
  private static List<String> flights(int day, int from, int to) {
    List<String> flights = new ArrayList<>();
    for (int i = from; i < to; i++) {
      flights.add(flight(day, i / 2, i));
    }
    return flights;
  }

  private static String flight(int day, int hour, int number) {
    return String.format(
        Locale.ROOT,
        "{\"date\":\"2001-01-%02dT%02d:%02d:00Z\",\"delay\":%d,\"distance\":%d,\"origin\":\"SFO\",\"destination\":\"LAX\"}",
        day,
        hour,
        30 * (number % 2),
        day,
        number + 1);
  }
}
