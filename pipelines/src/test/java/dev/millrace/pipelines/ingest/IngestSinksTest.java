package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.pipelines.EngineOptions;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.stages.contract.Contract;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of sinks; the sinks themselves are tested with the servers that they write to. */
class IngestSinksTest {
  private static final Contract FLIGHTS =
      Contract.read(Path.of("../testdata/flights/flights.odcs.yaml"));
  private static final Contract EARTHQUAKES =
      Contract.read(Path.of("../testdata/earthquakes/earthquakes.odcs.yaml"));
  private static final QuarantineContext CONTEXT =
      new QuarantineContext("flights", "1.0.0", "ingest", "1");

  private static IngestOptions options(String arguments) {
    String[] all = (arguments + " --input=i --contract=c --staging=s").strip().split(" ");
    return PipelineOptionsFactory.fromArgs(all).as(IngestOptions.class);
  }

  private static IngestOptions onFlink(String arguments) {
    IngestOptions options = options("--streaming --bootstrapServers=b:1 " + arguments);
    options.as(EngineOptions.class).setStableInput(true);
    return options;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--outputTopic=o|Missing required value: bootstrapServers",
        "--deadLetterTopic=d|Missing required value: bootstrapServers",
        "--bootstrapServers=b:1 --outputTopic=|Invalid --outputTopic: Missing required value: topic",
        "--bootstrapServers=b:1 --deadLetterTopic=|Invalid --deadLetterTopic: Missing required value: topic",
        "--outputKey=origin,date|Invalid --outputKey: origin,date (expected only with --outputTopic)",
        "--bootstrapServers=b:1 --deadLetterTopic=d --outputKey=origin|Invalid --outputKey: origin (expected only with --outputTopic)",
        "--bootstrapServers=b:1 --outputTopic=o --outputKey=id|Invalid --outputKey: Cannot find field id in flights: its fields are [date, delay, distance, origin, destination]",
        "--delivery=at-least-once|Invalid --delivery: at-least-once (expected only with --outputTopic or --deadLetterTopic)",
        "--sinkId=s|Invalid --sinkId: s (expected only with --outputTopic or --deadLetterTopic)",
        "--bootstrapServers=b:1 --outputTopic=o --delivery=once|Invalid --delivery: once (expected at-least-once or exactly-once)",
        "--bootstrapServers=b:1 --outputTopic=o --delivery=exactly-once|Invalid --delivery: exactly-once (expected at-least-once without --streaming: a bounded run makes no checkpoints)",
        "--streaming --bootstrapServers=b:1 --outputTopic=o --delivery=exactly-once|Invalid --delivery: exactly-once (expected at-least-once on this runner, which makes no checkpoints)",
        "--bootstrapServers=b:1 --outputTopic=o --sinkId=s|Invalid --sinkId: s (expected only with --delivery=exactly-once)",
        "--bootstrapServers=b:1 --topic=t --outputTopic=t|Invalid --outputTopic: t (expected another topic than --topic)",
        "--bootstrapServers=b:1 --topic=t --deadLetterTopic=t|Invalid --deadLetterTopic: t (expected another topic than --topic)",
        "--bootstrapServers=b:1 --outputTopic=t --deadLetterTopic=t|Invalid --deadLetterTopic: t (expected another topic than --outputTopic)",
      })
  void refusesTopics(String arguments, String message) {
    refuses(options(arguments), FLIGHTS, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--jdbcTable=t|Invalid --jdbcTable: t (expected only with --jdbcUrl)",
        "--jdbcKey=id,time|Invalid --jdbcKey: id,time (expected only with --jdbcUrl)",
        "--jdbcVersion=v|Invalid --jdbcVersion: v (expected only with --jdbcUrl)",
        "--jdbcUser=u|Invalid --jdbcUser: u (expected only with --jdbcUrl)",
        "--jdbcPassword=hunter2|Invalid --jdbcPassword: not shown (expected only with --jdbcUrl)",
        "--jdbcUrl=jdbc:postgresql://h/d|Missing required value: jdbcTable",
        "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=|Invalid --jdbcTable: Missing required value: table",
        "--jdbcUrl=jdbc:x: --jdbcTable=t|Invalid --jdbcUrl: Invalid url: jdbc:x: (expected jdbc:postgresql://host:port/database)",
        "--jdbcUrl=jdbc:postgresql://h/d?password=hunter2 --jdbcTable=t|Invalid --jdbcUrl: Invalid url: not shown, as it has a password (expected a reference beside it)",
        "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=t --jdbcPassword=hunter2|Invalid --jdbcPassword: Invalid secret: not shown (expected a reference: env:NAME or file:/path)",
        "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=t --jdbcKey=mag|Invalid --jdbcKey or --jdbcVersion: Invalid key: mag may be null (expected required fields)",
        "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=t --jdbcKey=time|Missing required value: jdbcVersion (records that differ may have one jdbcKey: which stays?)",
      })
  void refusesTables(String arguments, String message) {
    refuses(options(arguments), EARTHQUAKES, message);
  }

  @Test
  void refusesATableWithoutAKeyThatTellsRecordsApart() {
    String table = "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=t";
    refuses(options(table), FLIGHTS, "Missing required value: jdbcKey (the contract has no key)");
    refuses(
        options(table + " --jdbcKey=date,origin"),
        FLIGHTS,
        "Missing required value: jdbcVersion (records that differ may have one jdbcKey: which stays?)");
  }

  @Test
  void refusesExactlyOnceWithoutAnId() {
    refuses(onFlink("--outputTopic=o"), FLIGHTS, "Missing required value: sinkId");
  }

  private static void refuses(IngestOptions options, Contract contract, String message) {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> IngestSinks.of(options, contract, CONTEXT));
    assertThat(failure.getMessage(), is(message));
  }

  @Test
  void deliversExactlyOnceWhereThatCanBeHad() {
    assertThat(
        shownOfTopic(onFlink("--outputTopic=o --runId=r")),
        hasItems("delivery=EXACTLY_ONCE", "sinkId=r-published"));
    assertThat(
        shownOfDeadLetters(onFlink("--deadLetterTopic=d --runId=r --sinkId=mine")),
        hasItems("delivery=EXACTLY_ONCE", "sinkId=mine-rejected"));
    assertThat(
        shownOfTopic(onFlink("--outputTopic=o --delivery=at-least-once")),
        hasItem("delivery=AT_LEAST_ONCE"));
    assertThat(
        shownOfTopic(options("--bootstrapServers=b:1 --outputTopic=o")),
        hasItem("delivery=AT_LEAST_ONCE"));
  }

  @Test
  void keysMessagesAndNamesWhatRejectedThem() {
    assertThat(
        shownOfTopic(options("--bootstrapServers=b:1 --outputTopic=o --outputKey=origin,date")),
        hasItems("topic=o", "bootstrapServers=b:1", "key=origin, date"));
    assertThat(
        shownOfDeadLetters(options("--bootstrapServers=b:1 --deadLetterTopic=d --runId=r")),
        hasItems(
            "topic=d",
            "header.contract=flights",
            "header.contractVersion=1.0.0",
            "header.pipeline=ingest",
            "header.pipelineVersion=1",
            "header.runId=r"));
    assertThat(
        shownOfDeadLetters(options("--bootstrapServers=b:1 --deadLetterTopic=d")),
        not(hasItem("header.runId=null")));
  }

  @Test
  void upsertsByTheContractsKeyOrTheOneThatIsGiven() {
    String table = "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=t ";
    assertThat(shownOfTable(options(table), EARTHQUAKES), hasItems("table=t", "key=id"));
    assertThat(
        shownOfTable(
            options(
                table
                    + "--jdbcKey=date,origin --jdbcVersion=delay --jdbcUser=u --jdbcPassword=env:P"),
            FLIGHTS),
        hasItems("key=date, origin", "version=delay", "user=u", "password=env:P"));
    assertThat(
        shownOfTable(options(table + "--jdbcKey=date,delay,distance,origin,destination"), FLIGHTS),
        hasItem("key=date, delay, distance, origin, destination"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bootstrapServers=b:1 --outputTopic=o|Invalid --outputTopic: o (expected only in runs that are no trials: what is sent can't be taken back)",
        "--bootstrapServers=b:1 --deadLetterTopic=d|Invalid --deadLetterTopic: d (expected only in runs that are no trials: what is sent can't be taken back)",
        "--jdbcUrl=jdbc:postgresql://h/d --jdbcTable=t|Invalid --jdbcTable: t (expected only in runs that are no trials: what is sent can't be taken back)",
      })
  void areNotForTrials(String arguments, String message) {
    IngestSinks sinks = IngestSinks.of(options(arguments), EARTHQUAKES, CONTEXT);
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, sinks::refuseTrial);
    assertThat(failure.getMessage(), is(message));
  }

  @Test
  void areNoneUnlessAskedFor() {
    assertThat(
        Stream.of(
                TopicSinks.of(options(""), CONTEXT).records(FLIGHTS.schema()).isPresent(),
                TopicSinks.of(options(""), CONTEXT).deadLetters().isPresent(),
                TableSink.of(options(""), FLIGHTS).isPresent())
            .toList(),
        contains(false, false, false));
    IngestSinks.of(options(""), FLIGHTS, CONTEXT).refuseTrial();
  }

  private static List<String> shownOfTopic(IngestOptions options) {
    return shown(
        DisplayData.from(TopicSinks.of(options, CONTEXT).records(FLIGHTS.schema()).orElseThrow()));
  }

  private static List<String> shownOfDeadLetters(IngestOptions options) {
    return shown(DisplayData.from(TopicSinks.of(options, CONTEXT).deadLetters().orElseThrow()));
  }

  private static List<String> shownOfTable(IngestOptions options, Contract contract) {
    return shown(DisplayData.from(TableSink.of(options, contract).orElseThrow()));
  }

  private static List<String> shown(DisplayData data) {
    return data.items().stream().map(item -> item.getKey() + "=" + item.getValue()).toList();
  }
}
