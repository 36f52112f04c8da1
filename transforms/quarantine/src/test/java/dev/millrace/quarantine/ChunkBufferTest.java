package dev.millrace.quarantine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChunkBufferTest {
  private static final Line LINE =
      Line.of(
          QuarantinedRecord.of(
              Rejected.of(
                  "decode",
                  new Violation(RejectReason.MALFORMED, "", "", "m"),
                  new RawRecord("in", 0, new byte[10])),
              new QuarantineContext("c", "1", "p", "2")));

  @Test
  void isFullWhenAllFilesTogetherReachTheLimit() {
    ChunkBuffer buffer = new ChunkBuffer(2 * LINE.json().length);

    buffer.add("a", LINE);
    assertThat(buffer.isFull(), equalTo(false));

    buffer.add("b", LINE);
    assertThat(buffer.isFull(), equalTo(true));
  }

  @Test
  void drainsOneChunkAFileAndIsThenEmpty() throws IOException {
    ChunkBuffer buffer = new ChunkBuffer(1);
    buffer.add("a", LINE);
    buffer.add("b", LINE);
    buffer.add("a", LINE);

    assertThat(drain(buffer), equalTo(Map.of("a", List.of(LINE, LINE), "b", List.of(LINE))));
    assertThat(buffer.isFull(), equalTo(false));
    assertThat(drain(buffer), anEmptyMap());
  }

  private static Map<String, List<Line>> drain(ChunkBuffer buffer) throws IOException {
    Map<String, byte[]> chunks = new TreeMap<>();
    buffer.drain(chunks::put);
    Map<String, List<Line>> lines = new TreeMap<>();
    for (Map.Entry<String, byte[]> chunk : chunks.entrySet()) {
      List<Line> unpacked = new ArrayList<>();
      SortedChunk.merge(List.of(chunk.getValue()), unpacked::add);
      lines.put(chunk.getKey(), unpacked);
    }
    return lines;
  }
}
