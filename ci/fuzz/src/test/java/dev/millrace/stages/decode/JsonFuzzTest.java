package dev.millrace.stages.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import java.io.IOException;

/** A record of JSON: what passes is what another parser reads too. */
class JsonFuzzTest {
  private final ObjectMapper jackson =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final JsonRecordDecoder decoder = new JsonRecordDecoder(FuzzedContract.KEEPING);

  @FuzzTest(maxDuration = "2m")
  void readsWhatIsJsonAndRejectsTheRest(byte[] json) throws IOException {
    Record record = Judge.read(decoder, RawBlock.of(new RawRecord("source", 100, json)));
    if (record != null) {
      JsonNode tree = jackson.readTree(json);
      assertTrue(tree.isObject());
      assertEquals(tree.path("id").textValue(), record.value("id"));
      Object delay = record.value("delay");
      assertEquals(delay == null, tree.path("delay").isNull() || !tree.has("delay"));
      if (delay != null) {
        assertEquals(tree.path("delay").longValue(), delay);
      }
    }
  }
}
