package dev.millrace.io.avro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;
import org.xerial.snappy.Snappy;

/** How the blocks of an Avro container file are compressed: all codecs of Avro 1.12. */
public enum AvroCodec {
  NULL("null") {
    @Override
    public byte[] encode(byte[] bytes) {
      return bytes;
    }

    @Override
    public byte[] decode(byte[] packed) {
      return packed;
    }
  },

  DEFLATE("deflate") {
    @Override
    public byte[] encode(byte[] bytes) {
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      try {
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + bytes.length / 1_000 + 64];
        return Arrays.copyOf(packed, deflater.deflate(packed));
      } finally {
        deflater.end();
      }
    }

    @Override
    public byte[] decode(byte[] packed) throws IOException {
      Inflater inflater = new Inflater(true);
      try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
        return bounded(in);
      } finally {
        inflater.end();
      }
    }
  },

  SNAPPY("snappy") {
    @Override
    public byte[] encode(byte[] bytes) {
      byte[] packed = new byte[Snappy.maxCompressedLength(bytes.length) + Integer.BYTES];
      try {
        int length = Snappy.compress(bytes, 0, bytes.length, packed, 0);
        ByteBuffer.wrap(packed).putInt(length, checksum(bytes));
        return Arrays.copyOf(packed, length + Integer.BYTES);
      } catch (IOException e) {
        throw new IllegalStateException("Cannot compress a block: Snappy refused it", e);
      }
    }

    @Override
    public byte[] decode(byte[] packed) throws IOException {
      int length = packed.length - Integer.BYTES;
      if (length < 0 || Snappy.uncompressedLength(packed, 0, length) > MAX_BYTES) {
        throw new IOException(length < 0 ? "no checksum" : TOO_LARGE);
      }
      byte[] bytes = new byte[Snappy.uncompressedLength(packed, 0, length)];
      Snappy.uncompress(packed, 0, length, bytes, 0);
      if (checksum(bytes) != ByteBuffer.wrap(packed).getInt(length)) {
        throw new IOException("wrong checksum");
      }
      return bytes;
    }
  },

  ZSTANDARD("zstandard") {
    @Override
    public byte[] encode(byte[] bytes) {
      return Zstd.compress(bytes, ZSTD_LEVEL);
    }

    @Override
    public byte[] decode(byte[] packed) throws IOException {
      try (InputStream in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
        return bounded(in);
      }
    }
  },

  BZIP2("bzip2") {
    @Override
    public byte[] decode(byte[] packed) throws IOException {
      try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(packed))) {
        return bounded(in);
      }
    }
  },

  XZ("xz") {
    @Override
    public byte[] decode(byte[] packed) throws IOException {
      try (InputStream in = new XZInputStream(new ByteArrayInputStream(packed), MAX_BYTES >> 10)) {
        return bounded(in);
      }
    }
  };

  /** The most that one block may have, packed or not: mostly they have 64 KB. */
  public static final int MAX_BYTES = 128 << 20;

  private static final int ZSTD_LEVEL = 1;

  static final String TOO_LARGE = "more than 128 MB";

  private final String code;

  AvroCodec(String code) {
    this.code = code;
  }

  /** The codec that the header of a file names. */
  public static AvroCodec of(String code) throws IOException {
    return Arrays.stream(values())
        .filter(codec -> codec.code.equals(code))
        .findAny()
        .orElseThrow(
            () ->
                new IOException(
                    "unknown codec %s (expected null, deflate, snappy, zstandard, bzip2 or xz)"
                        .formatted(code)));
  }

  /** The name in the header of a file. */
  public String code() {
    return code;
  }

  /**
   * The bytes of a block.
   *
   * @throws IOException if they are corrupt or too many; the message is the reason
   */
  public abstract byte[] decode(byte[] packed) throws IOException;

  /** A block of these bytes; not of codecs that are only read. */
  public byte[] encode(byte[] bytes) {
    throw new UnsupportedOperationException("Cannot compress by " + code + ": it is only read");
  }

  private static int checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException(TOO_LARGE);
    }
    return bytes;
  }
}
