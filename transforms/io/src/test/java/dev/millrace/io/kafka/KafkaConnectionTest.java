package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {
  private static final String JAAS = "sasl.jaas.config";

  @TempDir Path folder;

  @Test
  void showsReferencesAndNeverWhatTheyReferTo() throws IOException {
    Path file = Files.writeString(folder.resolve("jaas"), "login with s3cr3t\n");
    KafkaConnection connection =
        KafkaConnection.to("a:9092,b:9092")
            .with(Map.of("security.protocol", "SASL_SSL", JAAS, "file:" + file));

    assertThat(connection.clientProperties().get(JAAS), is("login with s3cr3t"));
    assertThat(
        connection,
        hasToString(
            "a:9092,b:9092 with sasl.jaas.config=file:%s, security.protocol=SASL_SSL"
                .formatted(file)));
    HasDisplayData shown = connection::populateDisplayData;
    ByteArrayOutputStream travelling = new ByteArrayOutputStream();
    new ObjectOutputStream(travelling).writeObject(connection);
    for (String text :
        List.of(
            DisplayData.from(shown).toString(), travelling.toString(StandardCharsets.ISO_8859_1))) {
      assertThat(text, containsString("file:" + file));
      assertThat(text, containsString("a:9092,b:9092"));
      assertThat(text, not(containsString("s3cr3t")));
    }
    assertThat(SerializableUtils.clone(connection), equalTo(connection));
  }

  @Test
  void leavesOneThatIsGivenAsItWas() {
    KafkaConnection plain = KafkaConnection.to("a:9092");
    KafkaConnection patient = plain.with("request.timeout.ms", "5000");
    assertThat(plain, hasToString("a:9092"));
    assertThat(plain, not(equalTo(patient)));
    assertThat(patient.settings(), is(Map.of("request.timeout.ms", "5000")));
    assertThat(patient.clientProperties().get("request.timeout.ms"), is("5000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a:b", ":9092", "a:9092,", "a:9092;b:9092 "})
  void refusesWhatAreNoServers(String servers) {
    refused(
        "Invalid bootstrapServers: %s (expected host:port, separated by commas)".formatted(servers),
        () -> KafkaConnection.to(servers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "security.protokol | SSL |"
            + " Invalid Kafka setting: security.protokol (expected one of a connection, such as security.protocol)",
        "group.id | mine |"
            + " Invalid Kafka setting: group.id (expected one of a connection, such as security.protocol)",
        "bootstrap.servers | a:1 |"
            + " Invalid Kafka setting: bootstrap.servers (expected one of a connection, such as security.protocol)",
        "request.timeout.ms | 5s |" + " Invalid request.timeout.ms: 5s (expected [0,...])",
        "security.protocol | TLS |"
            + " Invalid security.protocol: TLS (expected (case insensitive) [SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT])",
        "ssl.keystore.password | s3cr3t |"
            + " Invalid ssl.keystore.password: not shown (expected a reference: env:NAME or file:/path)",
        "sasl.login.connect.timeout.ms | soon |"
            + " Invalid sasl.login.connect.timeout.ms: soon (expected one of type int)",
      })
  void refusesASettingThatKafkaWould(String name, String value, String message) {
    KafkaConnection connection = KafkaConnection.to("a:9092");
    refused(message, () -> connection.with(name, value));
  }

  @Test
  void saysWhichReferenceHasNoValue() {
    KafkaConnection connection = KafkaConnection.to("a:9092").with(JAAS, "env:NOT_SET_ANYWHERE");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, connection::clientProperties);
    assertThat(e.getMessage(), is("Cannot find a value for env:NOT_SET_ANYWHERE"));
  }

  private static void refused(String message, Executable call) {
    assertThat(assertThrows(IllegalArgumentException.class, call).getMessage(), is(message));
  }
}
