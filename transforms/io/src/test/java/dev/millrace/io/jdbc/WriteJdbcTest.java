package dev.millrace.io.jdbc;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.AllTypes;
import dev.millrace.io.WriteException;
import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.Tally;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.hamcrest.FeatureMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

@ExtendWith(PipelineExtension.class)
class WriteJdbcTest {
  @RegisterExtension static final Postgres POSTGRES = new Postgres();

  private static final String ROWS = "SELECT id, changed, owner FROM %s ORDER BY id";

  private static String table(String name, Upsert upsert) throws SQLException {
    POSTGRES.execute("DROP TABLE IF EXISTS " + Names.quotedTable(name));
    POSTGRES.execute(upsert.definition());
    return name;
  }

  private static String accounts(String name) throws SQLException {
    return table(name, Accounts.upsert(name));
  }

  private static WriteJdbc to(String table) {
    return WriteJdbc.to(POSTGRES.database(), table, List.of("id")).withVersion("changed");
  }

  private static PCollection<Record> create(Pipeline pipeline, List<Record> records) {
    return pipeline.apply(
        "Create", Create.of(records).withCoder(RecordCoder.of(records.get(0).schema())));
  }

  private static void write(List<Record> records, WriteJdbc sink) {
    Pipeline pipeline = Pipeline.create();
    create(pipeline, records).apply("Write", sink);
    pipeline.run().waitUntilFinish();
  }

  private static void assertTotal(PCollection<KV<Tally, Long>> written, long total) {
    assertElements(
        written,
        () ->
            new FeatureMatcher<List<KV<Tally, Long>>, Long>(is(total), "counts with", "total") {
              @Override
              protected Long featureValueOf(List<KV<Tally, Long>> counts) {
                return counts.stream().mapToLong(KV::getValue).sum();
              }
            });
  }

  @Test
  void insertsAndUpdatesByKey(TestPipeline pipeline) throws SQLException {
    String table = accounts("upserted");
    POSTGRES.execute("INSERT INTO upserted VALUES (1, 1, 'old'), (7, 1, 'other')");
    List<Record> records = List.of(Accounts.of(1, 2, "new"), Accounts.of(2, 1, null));
    assertTotal(create(pipeline, records).apply("Write", to(table)), 2);
    pipeline.run();
    assertThat(POSTGRES.query(ROWS.formatted(table)), contains("1|2|new", "2|1|null", "7|1|other"));
  }

  @Test
  void givesOneTableWhateverTheOrderAndTheRepetitions() throws SQLException {
    List<Record> records = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      for (int version = 0; version < 5; version++) {
        records.add(Accounts.of(id, version, version % 2 == 0 ? null : "a"));
        records.add(Accounts.of(id, version, "b" + id));
      }
    }
    List<String> expected =
        IntStream.range(0, 20).mapToObj(id -> "%d|4|null".formatted(id)).toList();
    for (int seed = 0; seed < 3; seed++) {
      String table = accounts("ordered");
      Collections.shuffle(records, new Random(seed));
      write(records, to(table).withBatchSize(7));
      assertThat(POSTGRES.query(ROWS.formatted(table)), is(expected));
      Collections.shuffle(records, new Random(seed + 10));
      write(records, to(table));
      assertThat(POSTGRES.query(ROWS.formatted(table)), is(expected));
    }
  }

  @Test
  void writesNothingForWhatIsThere() throws SQLException {
    String table = accounts("same");
    write(List.of(Accounts.of(1, 5, "a")), to(table));
    List<String> place = POSTGRES.query("SELECT ctid, xmin FROM same");
    write(List.of(Accounts.of(1, 5, "a"), Accounts.of(1, 4, "b")), to(table));
    assertThat(POSTGRES.query("SELECT ctid, xmin FROM same"), is(place));
  }

  @Test
  void keepsTheLastWithoutVersions() throws SQLException {
    String table = accounts("unversioned");
    WriteJdbc sink = WriteJdbc.to(POSTGRES.database(), table, List.of("id"));
    write(List.of(Accounts.of(1, 5, "a")), sink);
    write(List.of(Accounts.of(1, 4, "b")), sink);
    assertThat(POSTGRES.query(ROWS.formatted(table)), contains("1|4|b"));
  }

  @Test
  void writesEveryTypeAndNulls() throws SQLException {
    Upsert upsert = new Upsert("all \"types\"", AllTypes.SCHEMA, List.of("id"), "");
    table(upsert.table(), upsert);
    WriteJdbc sink = WriteJdbc.to(POSTGRES.database(), upsert.table(), upsert.key());
    write(List.of(AllTypes.full(), AllTypes.bare()), sink);
    assertThat(
        POSTGRES.query(
            """
            SELECT id, text, number, "decimal", flag, day, opens, at AT TIME ZONE 'UTC', address,
              tags, addresses, grid FROM "all ""types\""" ORDER BY id"""),
        contains(
            "-1|\"é\\\n\u0001|10000000000|-12.50|t|1969-12-31|07:30:00.0005"
                + "|1969-12-31 23:59:59.999999|{\"zip\": \"10\", \"marks\": [0.5, null]}"
                + "|[\"a\", null, \"\"]|[{\"zip\": null, \"marks\": []}, null]|[[1, 2], []]",
            "2|null|null|null|null|null|null|null|null|null|null|null"));
  }

  @Test
  void keepsMicrosecondsOfAnyYear() throws SQLException {
    Upsert upsert = new Upsert("years", AllTypes.SCHEMA, List.of("id"), "");
    table("years", upsert);
    POSTGRES.execute("ALTER TABLE years ALTER COLUMN at TYPE timestamp");
    List<String> times =
        List.of(
            "0001-01-01T00:00:00.000001Z",
            "1883-11-18T12:00:00.999999Z",
            "2026-03-29T01:30:00.123456Z",
            "9999-12-31T23:59:59.999999Z");
    List<Record> records = new ArrayList<>();
    for (String time : times) {
      records.add(
          new RecordBuilder(AllTypes.SCHEMA)
              .set("id", (long) records.size())
              .set("at", Instant.parse(time))
              .build(0, "", 0));
    }
    write(records, WriteJdbc.to(POSTGRES.database(), "years", List.of("id")));
    String shown = "SELECT to_char(at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM years ORDER BY id";
    assertThat(POSTGRES.query(shown), is(times));
    POSTGRES.execute("ALTER TABLE years ALTER COLUMN at TYPE timestamptz");
    POSTGRES.execute("TRUNCATE years");
    write(records, WriteJdbc.to(POSTGRES.database(), "years", List.of("id")));
    assertThat(POSTGRES.query(shown.replace("(at", "(at AT TIME ZONE 'UTC'")), is(times));
  }

  @Test
  void writesUnboundedRecordsInAnyWindows(TestPipeline pipeline) throws SQLException {
    String table = accounts("unbounded");
    TestStream<Record> records =
        TestStream.create(RecordCoder.of(Accounts.SCHEMA))
            .addElements(at(10, Accounts.of(1, 1, "a")), at(20, Accounts.of(2, 1, "b")))
            .advanceWatermarkTo(org.joda.time.Instant.ofEpochMilli(1000))
            .addElements(at(30, Accounts.of(1, 2, "c")))
            .advanceWatermarkToInfinity();
    PCollection<KV<Tally, Long>> written =
        pipeline
            .apply("Records", records)
            .apply("Fixed", Window.into(FixedWindows.of(org.joda.time.Duration.millis(15))))
            .apply("Write", to(table));
    assertTotal(written, 3);
    pipeline.run();
    assertThat(POSTGRES.query(ROWS.formatted(table)), contains("1|2|c", "2|1|b"));
  }

  private static TimestampedValue<Record> at(long millis, Record record) {
    return TimestampedValue.of(record, org.joda.time.Instant.ofEpochMilli(millis));
  }

  @Test
  void waitsForAServerThatIsStartedAgain() throws SQLException {
    String table = accounts("restarted");
    List<Record> records = IntStream.range(0, 200).mapToObj(id -> Accounts.of(id, 1, "a")).toList();
    Outage.reset();
    Pipeline pipeline = Pipeline.create();
    create(pipeline, records)
        .apply(
            "StopServer",
            MapElements.into(TypeDescriptor.of(Record.class)).via(new Outage.StopServer()))
        .setCoder(RecordCoder.of(Accounts.SCHEMA))
        .apply("Write", to(table).withBatchSize(10).withSleeper(millis -> Outage.waited()));
    pipeline.run().waitUntilFinish();
    assertThat(Outage.WAITS.get(), is(greaterThanOrEqualTo(Outage.LENGTH)));
    assertThat(POSTGRES.query("SELECT count(*), max(id) FROM restarted"), contains("200|199"));
  }

  /** Stops the server after some records, and starts it again when it was waited for often. */
  private static final class Outage {
    private static final int LENGTH = 3;
    private static final AtomicInteger RECORDS = new AtomicInteger();
    private static final AtomicInteger WAITS = new AtomicInteger();

    private Outage() {}

    static void reset() {
      RECORDS.set(0);
      WAITS.set(0);
    }

    /** All wait for who stops the server, or starts it. */
    static void waited() {
      try {
        synchronized (POSTGRES) {
          if (WAITS.incrementAndGet() == LENGTH) {
            POSTGRES.start();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static final class StopServer implements SerializableFunction<Record, Record> {
      private static final long serialVersionUID = 1L;

      @Override
      public Record apply(Record record) {
        try {
          if (RECORDS.incrementAndGet() == 50) {
            POSTGRES.stop();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return record;
      }
    }
  }

  @Test
  void failsOnABrokenConstraintWithNothingOfTheBatch() throws SQLException {
    String table = accounts("constrained");
    POSTGRES.execute("ALTER TABLE constrained ADD CONSTRAINT early CHECK (changed < 10)");
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply("Twenty", Create.of(20))
        .apply(
            "Records",
            FlatMapElements.into(TypeDescriptor.of(Record.class)).via(WriteJdbcTest::oneBreaks))
        .setCoder(RecordCoder.of(Accounts.SCHEMA))
        .apply("Write", to(table));
    Throwable failure =
        assertThrows(PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish())
            .getCause();
    assertThat(
        failure.getMessage(),
        is(
            "Cannot write to table constrained of %s: new row for relation \"constrained\" violates check constraint \"early\" (SQLState 23514): let the constraint and the contract agree"
                .formatted(POSTGRES.database())));
    assertThat(failure.getCause().getMessage(), not(containsString("zoë")));
    assertThat(POSTGRES.query("SELECT count(*) FROM constrained"), contains("0"));
  }

  /** In one bundle, since they come from one element. */
  private static List<Record> oneBreaks(int count) {
    return IntStream.range(0, count)
        .mapToObj(id -> Accounts.of(id, id == 13 ? 10 : 1, "zoë"))
        .toList();
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertThat(
        refusal("sales.accounts"),
        is(
            "Cannot find table sales.accounts: create it with: CREATE TABLE \"sales\".\"accounts\" (\"id\" bigint NOT NULL, \"changed\" bigint NOT NULL, \"owner\" text, PRIMARY KEY (\"id\"))"));
  }

  @Test
  void refusesATableThatDoesNotFit() throws SQLException {
    POSTGRES.execute(
        """
        CREATE TABLE misfit (id bigint, changed real, region text NOT NULL,
          total bigint GENERATED ALWAYS AS (id + 1) STORED, noted timestamp NOT NULL DEFAULT now())""");
    assertThat(
        refusal("misfit"),
        is(
            "Cannot write to table misfit: column changed is real (expected bigint); it has no column owner (add it with: ALTER TABLE \"misfit\" ADD COLUMN \"owner\" text); column region must have a value and no field has it; it has no unique index of the key (add it with: ALTER TABLE \"misfit\" ADD UNIQUE (\"id\"))"));
  }

  @Test
  void refusesAColumnThatMustHaveAValueOrCannotBeGivenOne() throws SQLException {
    POSTGRES.execute(
        """
        CREATE TABLE strict (id bigint PRIMARY KEY, owner text NOT NULL,
          changed bigint GENERATED ALWAYS AS (id) STORED)""");
    assertThat(
        refusal("strict"),
        is(
            "Cannot write to table strict: column changed is generated by the database; column owner must have a value and its field may be null (make the field required, or: ALTER TABLE \"strict\" ALTER COLUMN \"owner\" DROP NOT NULL)"));
  }

  @Test
  void refusesAnIndexThatDoesNotTellAllRowsApart() throws SQLException {
    POSTGRES.execute("CREATE TABLE indexed (id bigint, changed bigint, owner text)");
    POSTGRES.execute("CREATE UNIQUE INDEX ON indexed (id) WHERE changed > 1");
    POSTGRES.execute("CREATE UNIQUE INDEX ON indexed (id, changed) INCLUDE (owner)");
    POSTGRES.execute(
        "CREATE TABLE deferred (id bigint UNIQUE DEFERRABLE, changed bigint, owner text)");
    assertThat(refusal("indexed"), containsString("it has no unique index of the key"));
    assertThat(refusal("deferred"), containsString("it has no unique index of the key"));
    write(
        List.of(Accounts.of(1, 1, "a"), Accounts.of(1, 2, "b")),
        WriteJdbc.to(POSTGRES.database(), "indexed", List.of("changed", "id")));
    assertThat(
        POSTGRES.query("SELECT id, changed, owner FROM indexed ORDER BY changed"),
        contains("1|1|a", "1|2|b"));
  }

  private static String refusal(String table) {
    return assertThrows(
            WriteException.class,
            () -> create(Pipeline.create(), List.of(Accounts.of(1, 1, "a"))).apply(to(table)))
        .getMessage();
  }

  @Test
  void refusesADatabaseThatIsNotThere() {
    Database nowhere = Database.at("jdbc:postgresql://127.0.0.1:1/x?connectTimeout=1");
    WriteException failure =
        assertThrows(
            WriteException.class,
            () ->
                create(Pipeline.create(), List.of(Accounts.of(1, 1, "a")))
                    .apply(WriteJdbc.to(nowhere, "t", List.of("id"))));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot write to table t of jdbc:postgresql://127.0.0.1:1/x: Connection to 127.0.0.1:1 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections. (SQLState 08001): see whether it is there, and can be reached from here"));
  }

  @Test
  void leavesNoConnectionBehind() throws SQLException {
    String table = accounts("left");
    write(IntStream.range(0, 1000).mapToObj(id -> Accounts.of(id, 1, "a")).toList(), to(table));
    POSTGRES.await(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'millrace' AND pid <> pg_backend_pid()",
        "0");
  }

  @Test
  void showsWhatIsConfiguredButSecrets() {
    DisplayData shown =
        DisplayData.from(
            WriteJdbc.to(POSTGRES.database().withPassword("env:PASSWORD"), "t", List.of("id", "b"))
                .withVersion("changed")
                .withBatchSize(10)
                .withStatementTimeout(Duration.ofSeconds(5))
                .withRetryDeadline(Duration.ofSeconds(7)));
    assertThat(
        shown.items().stream().map(item -> item.getKey() + "=" + item.getValue()).sorted().toList(),
        contains(
            "batchSize=10",
            "database=" + POSTGRES.database(),
            "key=id, b",
            "password=env:PASSWORD",
            "retryDeadline=PT7S",
            "statementTimeout=PT5S",
            "table=t",
            "user=postgres",
            "version=changed"));
  }

  @Test
  void refusesWhatMakesNoSense() {
    Database database = POSTGRES.database();
    assertThat(
        message(() -> WriteJdbc.to(database, "", List.of("id"))),
        is("Missing required value: table"));
    assertThat(
        message(() -> WriteJdbc.to(database, "t", List.of())), is("Missing required value: key"));
    assertThat(
        message(() -> to("t").withBatchSize(0)), is("Invalid batchSize: 0 (expected at least 1)"));
    assertThat(
        message(() -> to("t").withStatementTimeout(Duration.ZERO)),
        is("Invalid statementTimeout: PT0S (expected at least PT1S)"));
    assertThat(
        message(() -> to("t").withRetryDeadline(Duration.ZERO)),
        is("Invalid retryDeadline: PT0S (expected at least PT0.001S)"));
  }

  private static String message(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
