package dev.millrace.io;

import com.github.luben.zstd.ZstdOutputStream;
import dev.millrace.io.codec.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes compressed files for tests. */
public final class Packed {
  private Packed() {}

  /** A file with one stream for each text. */
  public static byte[] as(Codec codec, String... streams) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String stream : streams) {
      try (OutputStream out = open(codec, bytes)) {
        out.write(stream.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** Compresses what is written to it. */
  static OutputStream open(Codec codec, OutputStream out) throws IOException {
    return switch (codec) {
      case PLAIN -> out;
      case GZIP -> new GZIPOutputStream(out);
      case ZSTD -> new ZstdOutputStream(out).setChecksum(true);
      case BZIP2 -> new BZip2CompressorOutputStream(out);
      case XZ -> new XZOutputStream(out, new LZMA2Options(0));
    };
  }
}
