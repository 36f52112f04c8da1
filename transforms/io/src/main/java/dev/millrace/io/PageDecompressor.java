package dev.millrace.io;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompresses the pages of the files that are written here, without Hadoop's codecs. */
final class PageDecompressor implements CompressionCodecFactory {

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(codec);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("Cannot compress pages: files are only read here");
  }

  @Override
  public void release() {}

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput page, int size) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      page.writeAllTo(packed);
      return BytesInput.from(decompress(packed.toByteArray(), size));
    }

    private byte[] decompress(byte[] packed, int size) throws IOException {
      return switch (codec) {
        case UNCOMPRESSED -> packed;
        case ZSTD -> Zstd.decompress(packed, size);
        case SNAPPY -> Snappy.uncompress(packed);
        default -> throw new IOException("its pages are compressed as " + codec);
      };
    }

    @Override
    public void decompress(ByteBuffer page, int packedSize, ByteBuffer out, int size)
        throws IOException {
      byte[] packed = new byte[packedSize];
      page.get(packed);
      out.put(decompress(packed, size));
    }

    @Override
    public void release() {}
  }
}
