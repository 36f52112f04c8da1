package dev.millrace.io.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.millrace.io.Compression;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages with the codec's own library: Parquet's way goes through a Hadoop configuration,
 * which reads XML files first. What it returns is valid until it compresses the next page.
 */
abstract class PageCompressor implements BytesInputCompressor, Closeable {
  /**
   * The level at which time and size meet best for records; higher ones cost more than they save.
   */
  private static final int ZSTD_LEVEL = 1;

  private final CompressionCodecName codec;
  private final PlainBytes plain = new PlainBytes();
  private byte[] compressed = new byte[0];

  private PageCompressor(CompressionCodecName codec) {
    this.codec = codec;
  }

  static PageCompressor of(Compression compression) {
    return switch (compression) {
      case ZSTD -> new ZstdPages();
      case SNAPPY -> new SnappyPages();
      case GZIP -> new GzipPages();
      case NONE -> new PlainPages();
    };
  }

  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    plain.reset();
    page.writeAllTo(plain);
    if (compressed.length < bound(plain.size())) {
      compressed = new byte[bound(plain.size())];
    }
    return BytesInput.from(compressed, 0, compress(plain.array(), plain.size(), compressed));
  }

  /** The most bytes that so many can become. */
  abstract int bound(int length);

  /** Compresses the first bytes of an array into another, and gives how many they become. */
  abstract int compress(byte[] bytes, int length, byte[] to) throws IOException;

  @Override
  public CompressionCodecName getCodecName() {
    return codec;
  }

  @Override
  public void release() {
    close();
  }

  @Override
  public void close() {}

  /** Collects a page, which Parquet hands over in slabs. */
  private static final class PlainBytes extends ByteArrayOutputStream {
    private byte[] array() {
      return buf;
    }
  }

  private static final class ZstdPages extends PageCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);

    private ZstdPages() {
      super(CompressionCodecName.ZSTD);
    }

    @Override
    int bound(int length) {
      return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    int compress(byte[] bytes, int length, byte[] to) {
      return context.compressByteArray(to, 0, to.length, bytes, 0, length);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static final class SnappyPages extends PageCompressor {
    private SnappyPages() {
      super(CompressionCodecName.SNAPPY);
    }

    @Override
    int bound(int length) {
      return Snappy.maxCompressedLength(length);
    }

    @Override
    int compress(byte[] bytes, int length, byte[] to) throws IOException {
      return Snappy.compress(bytes, 0, length, to, 0);
    }
  }

  private static final class GzipPages extends PageCompressor {
    private GzipPages() {
      super(CompressionCodecName.GZIP);
    }

    /** Deflate stores what it can't make smaller, in pieces of 16 KB or more with their lengths. */
    @Override
    int bound(int length) {
      return length + length / 1_000 + 64;
    }

    @Override
    int compress(byte[] bytes, int length, byte[] to) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 2 + 64);
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(bytes, 0, length);
      }
      System.arraycopy(packed.toByteArray(), 0, to, 0, packed.size());
      return packed.size();
    }
  }

  private static final class PlainPages extends PageCompressor {
    private PlainPages() {
      super(CompressionCodecName.UNCOMPRESSED);
    }

    @Override
    int bound(int length) {
      return length;
    }

    @Override
    int compress(byte[] bytes, int length, byte[] to) {
      System.arraycopy(bytes, 0, to, 0, length);
      return length;
    }
  }
}
