package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.io.InputException;
import dev.millrace.io.ReadException;
import dev.millrace.record.RegistryHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of answers, right and wrong; a real registry is asked where a pipeline reads. */
class SchemaRegistryTest {
  private static final byte[] MESSAGE = {0, 0, 0, 0, 7, 42};
  private static final byte[] OTHER = {0, 0, 0, 0, 8, 42};
  private static final String FOUND = "200 {\"schema\":\"\\\"int\\\"\"}";
  private static final String UNKNOWN = "404 {\"error_code\":40403,\"message\":\"none\"}";
  private static final AtomicLong WAITED = new AtomicLong();

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private String url;

  /** A clock that stands still unless it is moved. */
  private static final class HandClock extends Clock {
    private long millis;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void answer() throws IOException {
    WAITED.set(0);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    url = "http://127.0.0.1:%d/api".formatted(server.getAddress().getPort());
    server.createContext(
        "/",
        exchange -> {
          String credentials = exchange.getRequestHeaders().getFirst("Authorization");
          requests.add(
              exchange.getRequestURI() + (credentials == null ? "" : " as " + credentials));
          String answer = answers.size() > 1 ? answers.remove() : answers.element();
          byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private SchemaRegistry registry() {
    return SchemaRegistry.at(url + "/")
        .withRetryDeadline(Duration.ofSeconds(60))
        .withWaiting(WAITED::addAndGet);
  }

  private static RegisteredAvro format(SchemaRegistry registry) {
    return new RegisteredAvro(registry, new HandClock());
  }

  @Test
  void asksOnceForEachId() {
    answers.add(FOUND);
    RegisteredAvro format = format(registry());
    assertThat(format.headerOf(MESSAGE), is(RegistryHeader.of("\"int\"")));
    assertThat(format.headerOf(OTHER), is(RegistryHeader.of("\"int\"")));
    assertThat(format.headerOf(MESSAGE), is(RegistryHeader.of("\"int\"")));
    assertThat(requests, contains("/api/schemas/ids/7", "/api/schemas/ids/8"));
  }

  @Test
  void asksNobodyAboutWhatNamesNoSchema() {
    RegisteredAvro format = format(registry());
    assertThat(format.headerOf(new byte[] {0, 1}), is(RegistryHeader.UNFRAMED));
    assertThat(format.headerOf(new byte[] {1, 0, 0, 0, 7}), is(RegistryHeader.UNFRAMED));
    assertThat(
        format.headerOf(new byte[] {0, -1, -1, -1, -1}),
        is(RegistryHeader.withoutSchema("the registry has no schema -1")));
    assertThat(requests.isEmpty(), is(true));
  }

  @Test
  void asksAgainForAnUnknownIdAfterAMinute() {
    answers.addAll(List.of(UNKNOWN, FOUND));
    HandClock clock = new HandClock();
    RegisteredAvro format = new RegisteredAvro(registry(), clock);
    RegistryHeader unknown = RegistryHeader.withoutSchema("the registry has no schema 7");
    assertThat(format.headerOf(MESSAGE), is(unknown));
    clock.millis += 59_999;
    assertThat(format.headerOf(MESSAGE), is(unknown));
    clock.millis += 1;
    assertThat(format.headerOf(MESSAGE), is(RegistryHeader.of("\"int\"")));
  }

  @Test
  void hasNoHeaderForSchemasOfOtherTypes() {
    answers.add("200 {\"schema\":\"x\",\"schemaType\":\"PROTOBUF\"}");
    assertThat(
        format(registry()).headerOf(MESSAGE),
        is(RegistryHeader.withoutSchema("schema 7 is of type PROTOBUF (expected AVRO)")));
  }

  @Test
  void putsSchemasThatAreReferredToIntoTheOneThatRefers() {
    String row =
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"f\",\"type\":\"%s\"}]}";
    answers.addAll(
        List.of(
            "200 {\"references\":[{\"subject\":\"a b\",\"version\":3}],\"schema\":\"%s\"}"
                .formatted(row.formatted("other").replace("\"", "\\\"")),
            "200 {\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"other\\\",\\\"size\\\":2}\"}"));
    assertThat(
        format(registry()).headerOf(MESSAGE),
        is(
            RegistryHeader.of(
                row.replace("\"%s\"", "{\"type\":\"fixed\",\"name\":\"other\",\"size\":2}"))));
    assertThat(requests, contains("/api/schemas/ids/7", "/api/subjects/a%20b/versions/3"));
  }

  @Test
  void failsWhereAReferenceLeadsNowhere() {
    answers.addAll(
        List.of(
            "200 {\"references\":[{\"subject\":\"s\",\"version\":3}],\"schema\":\"\\\"o\\\"\"}",
            UNKNOWN));
    ReadException failure =
        assertThrows(ReadException.class, () -> format(registry()).headerOf(MESSAGE));
    assertThat(
        failure.getMessage(),
        is("Cannot find a schema that another one refers to at %s: version 3 of s".formatted(url)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 x", "503 x", "429 x", "408 x", "200 <html>", "200 {}"})
  void triesAgainWhereAnAnswerMayStillCome(String answer) {
    answers.addAll(List.of(answer, answer, FOUND));
    assertThat(format(registry()).headerOf(MESSAGE), is(RegistryHeader.of("\"int\"")));
    assertThat(requests.size(), is(3));
    assertThat(WAITED.get(), greaterThan(0L));
  }

  @Test
  void failsAfterTheDeadline() {
    answers.add("503 x");
    ReadException failure =
        assertThrows(ReadException.class, () -> format(registry()).headerOf(MESSAGE));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot reach the schema registry at %s: HTTP 503: it was tried for PT1M (schemaRegistryRetryDeadline)"
                .formatted(url)));
    assertThat(WAITED.get(), greaterThan(30_000L));
    assertThat(WAITED.get(), lessThanOrEqualTo(60_000L));
  }

  @Test
  void failsAtOnceWhereItIsNotLetIn() {
    answers.add("401 x");
    InputException failure =
        assertThrows(InputException.class, () -> format(registry()).headerOf(MESSAGE));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot read schemas from %s/schemas/ids/7: HTTP 401 (expected credentials that it takes)"
                .formatted(url)));
    assertThat(requests.size(), is(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 <html>", "404 {\"error_code\":404}", "302 x"})
  void failsAtOnceWhereSomethingElseAnswers(String answer) {
    answers.add(answer);
    InputException failure =
        assertThrows(InputException.class, () -> format(registry()).headerOf(MESSAGE));
    assertThat(
        failure.getMessage(),
        is(
            "Cannot read schemas from %s/schemas/ids/7: HTTP %s (expected the API of Confluent's schema registry there)"
                .formatted(url, answer.substring(0, 3))));
  }

  @Test
  void mustAnswerAtLaunch() throws IOException {
    answers.add("503 x");
    ReadException failure = assertThrows(ReadException.class, () -> format(registry()).check());
    assertThat(
        failure.getMessage(),
        is(
            "Cannot reach the schema registry at %s: HTTP 503: it was tried at launch"
                .formatted(url)));

    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    SchemaRegistry nobody = SchemaRegistry.at("http://127.0.0.1:" + port);
    failure = assertThrows(ReadException.class, () -> format(nobody).check());
    assertThat(
        failure.getMessage(),
        is(
            "Cannot reach the schema registry at http://127.0.0.1:%d: no connection: it was tried at launch"
                .formatted(port)));

    answers.clear();
    answers.add(UNKNOWN);
    format(registry()).check();
  }

  @Test
  void sendsCredentialsAndShowsWhereTheyAre(@TempDir Path folder) throws IOException {
    answers.add(FOUND);
    Path file = Files.writeString(folder.resolve("secret"), "me:hunter2\n");
    SchemaRegistry registry = registry().withCredentials("file:" + file);
    format(registry).headerOf(MESSAGE);
    assertThat(requests, contains("/api/schemas/ids/7 as Basic bWU6aHVudGVyMg=="));
    ReadKafka read = ReadKafka.topic(KafkaConnection.to("b:1"), "t").withAvro(registry);
    List<String> shown =
        DisplayData.from(read).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .filter(item -> item.startsWith("schemaRegistry"))
            .sorted()
            .toList();
    assertThat(
        shown,
        contains(
            "schemaRegistry=" + url,
            "schemaRegistryCredentials=file:" + file,
            "schemaRegistryRetryDeadline=PT1M"));
    assertThat(registry.toString(), is(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "localhost:8081", "ftp://host", "http:///path", "http://a b"})
  void refusesWhatIsNoUrl(String text) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> SchemaRegistry.at(text));
    assertThat(
        failure.getMessage(),
        is(
            "Invalid url: %s (expected http://host:port or https://host:port, and a path)"
                .formatted(text)));
  }

  @Test
  void refusesSecretsAndDeadlinesThatAreNone() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> SchemaRegistry.at("http://me:hunter2@host"))
            .getMessage(),
        is("Invalid url: not shown, as it has a password (expected a reference beside it)"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> registry().withCredentials("me:hunter2"))
            .getMessage(),
        startsWith("Invalid secret: not shown"));
    assertThat(
        assertThrows(
                IllegalArgumentException.class, () -> registry().withRetryDeadline(Duration.ZERO))
            .getMessage(),
        is("Invalid retryDeadline: PT0S (expected 1ms or more)"));
  }
}
