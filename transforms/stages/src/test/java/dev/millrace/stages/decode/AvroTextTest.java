package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AvroTextTest {
  private static final String SCHEMA =
      AvroData.schema("\"a\":\"int\"", "\"day\":{\"type\":\"int\",\"logicalType\":\"date\"}");

  @Test
  void showsARecordAsJson() {
    byte[] json = new AvroText().json(AvroData.block(SCHEMA, "{\"a\":7,\"day\":-1}"), 0);
    assertThat(new String(json, StandardCharsets.UTF_8), is("{\"a\":7,\"day\":\"1969-12-31\"}"));
  }

  @Test
  void refusesADatumOfAnotherSchema() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new AvroText().json(AvroData.block(SCHEMA, new byte[] {2}), 0));
    assertThat(e.getMessage(), is("Value beyond the end of the record at byte 1"));
  }
}
