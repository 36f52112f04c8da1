package dev.millrace.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RegisteredSchemaTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void isAvroUnlessItSaysOtherwise() throws IOException {
    RegisteredSchema schema =
        RegisteredSchema.parse(bytes("{\"maxId\":{\"a\":[1]},\"schema\":\"\\\"int\\\"\"}"));
    assertThat(schema.schema(), is("\"int\""));
    assertThat(schema.isAvro(), is(true));
    assertThat(schema.references(), empty());
    assertThat(
        RegisteredSchema.parse(bytes("{\"schema\":\"x\",\"schemaType\":\"PROTOBUF\"}")).isAvro(),
        is(false));
  }

  @Test
  void hasReferences() throws IOException {
    RegisteredSchema schema =
        RegisteredSchema.parse(
            bytes(
                "{\"references\":[{\"name\":\"n\",\"subject\":\"s\",\"version\":2}],\"schema\":\"x\"}"));
    assertThat(schema.references(), contains(new RegisteredSchema.Reference("s", 2)));
    assertThat(schema.references().get(0).toString(), is("version 2 of s"));
    assertThat(
        RegisteredSchema.parse(bytes("{\"references\":null,\"schema\":\"x\"}")).references(),
        empty());
  }

  @Test
  void isInAnAnswerOfARegistryOnly() {
    IOException failure =
        assertThrows(IOException.class, () -> RegisteredSchema.parse(bytes("{\"ok\":1}")));
    assertThat(failure.getMessage(), is("an answer without a schema"));
    assertThrows(IOException.class, () -> RegisteredSchema.parse(bytes("<html>")));
  }

  @Test
  void hasACodeOfWhatIsWrong() {
    assertThat(
        RegisteredSchema.errorCode(bytes("{\"message\":\"x\",\"error_code\":40403}")), is(40403));
    assertThat(RegisteredSchema.errorCode(bytes("{}")), is(0));
    assertThat(RegisteredSchema.errorCode(bytes("<html>")), is(0));
  }
}
