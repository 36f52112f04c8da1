package dev.millrace.pipelines.ingest;

import dev.millrace.io.jdbc.WriteJdbc;
import dev.millrace.io.kafka.WriteDeadLetters;
import dev.millrace.io.kafka.WriteKafka;
import dev.millrace.quarantine.QuarantineContext;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.stages.contract.Contract;
import java.util.Optional;
import org.apache.beam.sdk.values.PCollection;

/**
 * Where records are sent to beside the files of a run, while it goes on: those that count as
 * published to a topic and into a table of a database, those that count as rejected to a topic of
 * dead letters. Each is off unless an option asks for it. Late records and aggregates are not sent.
 *
 * <p><b>Publishing.</b> There is no staging in a topic or a table that others read: what is sent is
 * there before the run is audited, also if the audit then keeps the files from being published. A
 * run ends well only if the brokers and the database have all of it.
 *
 * <p><b>Repetition.</b> A table has a row for each key however often a run is repeated. A topic has
 * its messages once across the failures of an unbounded run that is delivered exactly once, and
 * else once or more often; a run that is started anew sends all that it reads.
 */
final class IngestSinks {
  private final Optional<WriteKafka> topic;
  private final Optional<WriteDeadLetters> deadLetters;
  private final Optional<WriteJdbc> table;
  private final IngestOptions options;

  private IngestSinks(
      TopicSinks topics, Optional<WriteJdbc> table, IngestOptions options, Contract contract) {
    this.topic = topics.records(contract.schema());
    this.deadLetters = topics.deadLetters();
    this.table = table;
    this.options = options;
  }

  /**
   * The sinks that the options name, checked; neither a broker nor a database is asked yet.
   *
   * @throws IllegalArgumentException if one can't be written to as they say
   */
  static IngestSinks of(IngestOptions options, Contract contract, QuarantineContext context) {
    return new IngestSinks(
        TopicSinks.of(options, context), TableSink.of(options, contract), options, contract);
  }

  /** Sends what counts as published. */
  void publish(PCollection<Record> published) {
    topic.ifPresent(sink -> published.apply("WriteTopic", sink));
    table.ifPresent(sink -> published.apply("WriteDatabase", sink));
  }

  /** Sends what counts as rejected. */
  void reject(PCollection<Rejected> rejected) {
    deadLetters.ifPresent(sink -> rejected.apply("WriteDeadLetters", sink));
  }

  /** Refuses to run only to see what comes out. */
  void refuseTrial() {
    String expected = "in runs that are no trials: what is sent can't be taken back";
    Choice.refuse("outputTopic", options.getOutputTopic(), expected);
    Choice.refuse("deadLetterTopic", options.getDeadLetterTopic(), expected);
    Choice.refuse("jdbcTable", options.getJdbcTable(), expected);
  }
}
