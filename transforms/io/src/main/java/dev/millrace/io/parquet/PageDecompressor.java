package dev.millrace.io.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages without Hadoop's codecs: Snappy, gzip, Zstandard and LZ4_RAW, which are what
 * is written today.
 */
public final class PageDecompressor implements CompressionCodecFactory {
  private static final Set<CompressionCodecName> CODECS =
      Collections.unmodifiableSet(
          EnumSet.of(
              CompressionCodecName.UNCOMPRESSED,
              CompressionCodecName.SNAPPY,
              CompressionCodecName.GZIP,
              CompressionCodecName.ZSTD,
              CompressionCodecName.LZ4_RAW));

  /** The most that one page may have, whatever its header says: mostly it is a megabyte. */
  private static final int MAX_PAGE_BYTES = 128 << 20;

  private static final LZ4SafeDecompressor LZ4 = LZ4Factory.fastestInstance().safeDecompressor();

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

  /**
   * Checks that a column's pages can be read.
   *
   * @throws IOException if not; the message is the reason
   */
  public static void check(ColumnChunkMetaData column) throws IOException {
    if (!CODECS.contains(column.getCodec())) {
      throw new IOException(
          "its column %s is compressed as %s (expected one of %s)"
              .formatted(column.getPath().toDotString(), column.getCodec(), CODECS));
    }
  }

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput page, int size) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      page.writeAllTo(packed);
      return BytesInput.from(decompress(packed.toByteArray(), size));
    }

    private byte[] decompress(byte[] packed, int size) throws IOException {
      if (size > MAX_PAGE_BYTES) {
        throw new IOException("a page of %s bytes (expected at most 128 MB)".formatted(size));
      }
      return switch (codec) {
        case UNCOMPRESSED -> packed;
        case ZSTD -> Zstd.decompress(packed, size);
        case SNAPPY -> snappy(packed, size);
        case GZIP -> gzip(packed, size);
        case LZ4_RAW -> LZ4.decompress(packed, 0, packed.length, size);
        default -> throw new IOException("its pages are compressed as " + codec);
      };
    }

    private static byte[] snappy(byte[] packed, int size) throws IOException {
      byte[] page = new byte[size];
      if (Snappy.uncompressedLength(packed) != size) {
        throw new IOException("a page is not of the size that its header says");
      }
      Snappy.uncompress(packed, 0, packed.length, page, 0);
      return page;
    }

    private static byte[] gzip(byte[] packed, int size) throws IOException {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        return in.readNBytes(size);
      }
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
