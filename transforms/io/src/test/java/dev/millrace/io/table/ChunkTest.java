package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.io.Events;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final Chunk PACKED =
      new Chunk.Packed(Events.block(List.of(Events.at(5, 1), Events.at(6, 2))));
  private static final Chunk ENCODED =
      new Chunk.Encoded(new Chunk.Position(5, "f", 7), 9, 300, "p");

  @Test
  void isTheSameAfterItsCoder() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(Chunk.ChunkCoder.of(), PACKED);
    CoderProperties.coderDecodeEncodeEqual(Chunk.ChunkCoder.of(), ENCODED);
    CoderProperties.coderSerializable(Chunk.ChunkCoder.of());
  }

  @Test
  void keepsItsFormat() throws CoderException {
    byte[] bytes = CoderUtils.encodeToByteArray(Chunk.ChunkCoder.of(), ENCODED);
    assertThat(
        HexFormat.of().formatHex(bytes),
        equalTo("01" + "05" + "0166" + "07" + "09" + "ac02" + "0170"));
  }
}
