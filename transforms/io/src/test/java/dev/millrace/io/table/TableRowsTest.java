package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.parquet.PageDecompressor;
import dev.millrace.record.RecordCoder;
import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class TableRowsTest {
  @TempDir Path folder;

  @Test
  void readsWhatWasWrittenHoweverItIsCompressed(TestPipeline pipeline) {
    var rows =
        pipeline.apply(
            Create.of(Events.at("2001-01-15T00:00:00Z", 1), Events.at("2001-01-15T00:00:01Z", 2))
                .withCoder(RecordCoder.of(Events.SCHEMA)));
    for (Compression compression : Compression.values()) {
      rows.apply(
          "Write" + compression,
          WriteTable.to(folder.toString(), compression.name()).withCompression(compression));
    }
    pipeline.run();
    for (Compression compression : Compression.values()) {
      Path file = folder.resolve(compression.name() + "/dt=2001-01-15/part-00000.parquet");
      assertThat(TableRows.read(file), contains(startsWith("id: 1, "), startsWith("id: 2, ")));
    }
  }

  @Test
  void namesTheFileThatItCannotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("x.parquet"), "no Parquet");
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> TableRows.read(file));
    assertThat(e.getMessage(), startsWith("Cannot read %s: ".formatted(file)));
  }

  @Test
  void readsPagesOfKnownCodecsOnly() throws IOException {
    PageDecompressor pages = new PageDecompressor();
    ByteBuffer out = ByteBuffer.allocate(2);
    pages
        .getDecompressor(CompressionCodecName.UNCOMPRESSED)
        .decompress(ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8)), 2, out, 2);
    assertThat(List.of(out.get(0), out.get(1)), contains((byte) 'a', (byte) 'b'));
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                pages
                    .getDecompressor(CompressionCodecName.LZO)
                    .decompress(ByteBuffer.allocate(1), 1, out, 1));
    assertThat(e.getMessage(), is("its pages are compressed as LZO"));
    UnsupportedOperationException compress =
        assertThrows(
            UnsupportedOperationException.class,
            () -> pages.getCompressor(CompressionCodecName.ZSTD));
    assertThat(compress.getMessage(), is("Cannot compress pages: files are only read here"));
  }
}
