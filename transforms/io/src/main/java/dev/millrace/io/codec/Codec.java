package dev.millrace.io.codec;

import java.io.InputStream;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How a file is compressed, which its first bytes tell, whatever its name. All forms may be several
 * streams in a row, as {@code cat} makes them of several files, and are read in bounded memory.
 */
public enum Codec {
  /** Not at all: the one form that can be read from the middle. */
  PLAIN(1, "") {
    @Override
    public InputStream decode(InputStream in, String path) {
      return in;
    }
  },

  GZIP(8, "1f8b") {
    @Override
    public InputStream decode(InputStream in, String path) {
      return new GzipMembers(in, path, PackedBytes.BUFFER_BYTES);
    }
  },

  ZSTD(8, "28b52ffd") {
    @Override
    public InputStream decode(InputStream in, String path) {
      return new DecodedStream("zstd", path, in, ZstdFrames::new);
    }
  },

  BZIP2(12, "425a68") {
    @Override
    public InputStream decode(InputStream in, String path) {
      return new DecodedStream(
          "bzip2", path, in, packed -> new BZip2CompressorInputStream(packed, true));
    }
  },

  XZ(12, "fd377a585a00") {
    @Override
    public InputStream decode(InputStream in, String path) {
      return new DecodedStream("xz", path, in, packed -> new XZInputStream(packed, MAX_XZ_KIB));
    }
  };

  /** How many first bytes of a file tell how it is compressed. */
  public static final int MAGIC_BYTES = 6;

  /** A frame of zstd that holds no data, with which parallel compressors start. */
  private static final Pattern SKIPPABLE = Pattern.compile("5[0-9a-f]2a4d18");

  /** The most memory for xz, 128 MB: twice what its highest preset needs. */
  private static final int MAX_XZ_KIB = 128 << 10;

  private final int expansion;

  /** The first bytes, in hexadecimal digits. */
  private final String magic;

  Codec(int expansion, String magic) {
    this.expansion = expansion;
    this.magic = magic;
  }

  /** How the file that starts with these bytes, at most {@link #MAGIC_BYTES}, is compressed. */
  public static Codec of(byte[] start) {
    String digits = HexFormat.of().formatHex(start);
    for (Codec codec : values()) {
      if (codec != PLAIN && digits.startsWith(codec.magic)) {
        return codec;
      }
    }
    return SKIPPABLE.matcher(digits).lookingAt() ? ZSTD : PLAIN;
  }

  /** About how many times as large the text of records is as the file. */
  public int expansion() {
    return expansion;
  }

  /** The uncompressed bytes of a file. What can't be read is one line that names the path. */
  public abstract InputStream decode(InputStream in, String path);
}
