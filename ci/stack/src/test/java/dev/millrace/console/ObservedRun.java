package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A run on a topic, and what it shows Prometheus and users while it goes on. */
final class ObservedRun {
  private static final Path QUAKES = Path.of("../../testdata/earthquakes");
  private static final String RUN = "quakes";
  private static final String TOPIC = "quakes.v1_raw";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double SEVEN_YEARS = Duration.ofDays(7 * 365).toSeconds();
  private static final double TEN_MINUTES = 600;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String state;
  private final JsonNode ports;
  private final Path output;

  private ObservedRun(String state, JsonNode ports, Path output) {
    this.state = state;
    this.ports = ports;
    this.output = output;
  }

  /** One on a stack that is up. */
  static ObservedRun start(String state, Path output) throws Exception {
    Console up = Console.millrace("dev", "up", state, "--json");
    assertThat(up.err(), up.code(), is(0));
    ObservedRun run = new ObservedRun(state, up.json(), output);
    run.send();
    Console submitted = run.submit();
    assertThat(submitted.err(), submitted.code(), is(0));
    return run;
  }

  void cancel() {
    Console cancelled = Console.millrace("jobs", "cancel", RUN, state);
    assertThat(cancelled.err(), cancelled.code(), is(0));
  }

  /** The TaskManager: what becomes of records, and how far they are behind. */
  void assertShowsRecordsAndLags() throws Exception {
    double earthquakes = lines().size();
    double sent = earthquakes + 4;
    PrometheusText text =
        await(
            "metrics-taskmanager-1",
            shown ->
                shown.sum("millrace_records_total", "run", RUN) >= sent
                    && isReadToTheEnd(shown, "0")
                    && isReadToTheEnd(shown, "1"));
    assertThat(text.value("millrace_records_read_total", "run", RUN), is(sent));
    assertThat(text.sum("millrace_records_total", "run", RUN), is(sent));
    assertThat(rejected(text, "malformed"), is(1.0));
    assertThat(rejected(text, "missing_field"), is(1.0));
    assertThat(text.value("millrace_records_total", "run", RUN, "outcome", "duplicate"), is(2.0));
    assertThat(text.value("millrace_end_to_end_latency_seconds_count", "run", RUN), is(sent));
    assertThat(
        text.value("millrace_end_to_end_latency_seconds_sum", "run", RUN),
        allOf(greaterThan(0.0), lessThan(sent * TEN_MINUTES)));
    assertThat(text.value("millrace_watermark_lag_seconds", "run", RUN), greaterThan(SEVEN_YEARS));
  }

  /** Lags are shown once a second, and so later than the records are counted. */
  private static boolean isReadToTheEnd(PrometheusText text, String partition) {
    Double lag =
        text.value(
            "millrace_consumer_lag_records", "run", RUN, "topic", TOPIC, "partition", partition);
    return lag != null && lag == 0;
  }

  private static Double rejected(PrometheusText text, String reason) {
    return text.value(
        "millrace_records_total", "run", RUN, "outcome", "rejected", "reason", reason);
  }

  /** The JobManager. */
  void assertShowsCheckpointsAndRestarts() throws Exception {
    PrometheusText text =
        await(
            "metrics-jobmanager",
            shown -> shown.sum("millrace_checkpoints_completed_total", "run", RUN) >= 2);
    assertThat(
        text.value("millrace_checkpoint_age_seconds", "run", RUN),
        allOf(greaterThanOrEqualTo(0.0), lessThan(TEN_MINUTES)));
    assertThat(text.value("millrace_checkpoint_duration_seconds", "run", RUN), greaterThan(0.0));
    assertThat(text.value("millrace_checkpoint_size_bytes", "run", RUN), greaterThan(0.0));
    assertThat(text.value("millrace_checkpoints_failed_total", "run", RUN), not(nullValue()));
    assertThat(text.value("millrace_job_restarts_total", "run", RUN), is(0.0));
  }

  /** {@code millrace status}. */
  void assertStatusTellsTheSame() throws IOException {
    long sent = lines().size() + 4L;
    JsonNode job = status();
    String readToTheEnd = "{\"%s/0\":0,\"%s/1\":0}".formatted(TOPIC, TOPIC);
    for (long deadline = deadline();
        sum(job) < sent
            || !job.path("consumerLag").toString().equals(readToTheEnd)
            || job.path("checkpoints").path("completed").asLong() == 0;
        job = status()) {
      assertThat(job.toString(), System.nanoTime() < deadline);
    }
    assertThat(job.path("state").asText(), is("RUNNING"));
    assertThat(job.path("records").path("read").asLong(), is(sent));
    assertThat(job.path("rejected").toString(), is("{\"malformed\":1,\"missing_field\":1}"));
    assertThat(job.path("watermarkLagSeconds").asDouble(), greaterThan(SEVEN_YEARS));
    assertThat(job.path("checkpoints").path("ageSeconds").asDouble(), lessThan(TEN_MINUTES));
    assertThat(job.path("restarts").asLong(), is(0L));

    Console unknown = Console.millrace("status", "nothing", state);
    assertThat(unknown.code(), is(2));
    assertThat(unknown.err(), startsWith("Cannot find job nothing: Flink at 127.0.0.1:"));
  }

  private JsonNode status() throws IOException {
    Console status = Console.millrace("status", RUN, state, "--json");
    assertThat(status.err(), status.code(), is(0));
    return status.json().path("jobs").path(0);
  }

  private static long sum(JsonNode job) {
    long sum = -job.path("records").path("read").asLong();
    for (JsonNode count : job.path("records")) {
      sum += count.asLong();
    }
    return sum;
  }

  private static long deadline() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  private PrometheusText await(String port, Predicate<PrometheusText> condition) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(ports.findValue(port).asInt()));
    long deadline = deadline();
    while (true) {
      HttpResponse<String> response =
          HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode(), is(200));
      PrometheusText text = PrometheusText.parse(response.body());
      if (condition.test(text)) {
        return text;
      }
      assertThat(response.body(), System.nanoTime() < deadline);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private Console submit() throws IOException {
    return Console.millrace(
        "run",
        "ingest",
        "--streaming",
        "--runner=FlinkRunner",
        "--flinkMaster=127.0.0.1:" + ports.findValue("flink").asText(),
        "--parallelism=2",
        "--checkpointingInterval=1000",
        "--topic=" + TOPIC,
        "--bootstrapServers=" + broker(),
        // The watermark stays at what was read.
        "--idleness=1h",
        "--contract=" + QUAKES.resolve("earthquakes.odcs.yaml"),
        "--output=" + output,
        "--runId=" + RUN);
  }

  private String broker() {
    return "127.0.0.1:" + ports.findValue("kafka").asText();
  }

  /** Two days of earthquakes, a copy of two, and two that break the contract. */
  private void send() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    }
    List<String> values = new ArrayList<>(lines());
    values.addAll(lines().subList(0, 2));
    values.addAll(List.of("{", "{\"time\":1517365101235}"));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < values.size(); i++) {
        producer.send(new ProducerRecord<>(TOPIC, i % 2, null, values.get(i))).get();
      }
    }
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(QUAKES.resolve("2018-01-31.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
