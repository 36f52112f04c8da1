package dev.millrace.stages.decode;

import static dev.millrace.testing.Elements.assertElements;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Rejected;
import dev.millrace.testing.PipelineExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PipelineExtension.class)
class BlockDecoderTest {
  private static final RawBlock JSON =
      RawBlock.ofLines(
          "json",
          "{\"id\":\"a\",\"at\":\"2001-01-15T07:30:00Z\"}",
          "{\"id\":7,\"more\":true}",
          "garbage",
          "{\"id\":\"b\",\"at\":\"2085-01-15T07:30:00Z\",\"delay\":1688}");

  private static final RawBlock CSV =
      RawBlock.ofLines("csv", "a,2001-01-15T07:30:00Z,5", "b,2001-01-15T07:30:00Z,x", "c", ",,,")
          .withHeader(
              new CsvHeader(CsvDialect.RFC_4180, "id,at,delay".getBytes(StandardCharsets.UTF_8)));

  @Test
  void rejectsWhatAPipelineRejectsWithTheSameWords(TestPipeline pipeline) {
    List<Rejected> rejects = new ArrayList<>();
    BlockDecoder decoder = BlockDecoder.against(Contracts.flights());
    assertThat(decoder.check(JSON, rejects::add), is(1L));
    assertThat(decoder.check(CSV, rejects::add), is(1L));
    assertThat(rejects, hasSize(6));
    String[] shown = rejects.stream().map(Rejected::toString).toArray(String[]::new);

    assertElements(
        pipeline
            .apply("Blocks", Create.of(JSON, CSV).withCoder(RawBlock.BlockCoder.of()))
            .apply("Decode", DecodeRecords.against(Contracts.flights()))
            .rejected()
            .apply("Show", MapElements.into(TypeDescriptors.strings()).via(Rejected::toString)),
        () -> containsInAnyOrder(shown));
    pipeline.run();
  }
}
