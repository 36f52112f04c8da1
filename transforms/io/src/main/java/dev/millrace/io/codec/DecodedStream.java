package dev.millrace.io.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;

/**
 * A decoder of someone else's, with the errors of {@link GzipMembers}: one line that says which
 * file can't be read, where and why. A decoder that asks for more than there is has found a
 * truncated file; one that fails before has found a corrupt one.
 */
final class DecodedStream extends InputStream {
  /** Opens the decoder, which may already read. */
  interface Opening {
    InputStream open(InputStream packed) throws IOException;
  }

  private final String form;
  private final String path;
  private final PackedBytes packed;
  private final Opening opening;
  private InputStream decoder;

  /**
   * The uncompressed bytes of a stream.
   *
   * @param form how it is compressed, as messages call it
   */
  DecodedStream(String form, String path, InputStream in, Opening opening) {
    this.form = form;
    this.path = path;
    this.packed = new PackedBytes(in);
    this.opening = opening;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (decoder == null) {
        decoder = opening.open(packed);
      }
      return decoder.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw packed.failed() && e instanceof IOException failure ? failure : failure(e);
    }
  }

  /** Decoders throw more than they declare when they follow corrupt lengths. */
  private IOException failure(Exception e) {
    if (isTooLarge(e)) {
      return new IOException(
          "Cannot read %s: its %s stream needs too much memory (expected a window of at most 128 MB)"
              .formatted(path, form),
          e);
    }
    if (packed.ended()) {
      EOFException truncated =
          new EOFException(
              "Cannot read %s: truncated %s stream after %s bytes"
                  .formatted(path, form, packed.taken()));
      truncated.initCause(e);
      return truncated;
    }
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException(
        "Cannot read %s: corrupt %s stream before byte %s: %s"
            .formatted(path, form, packed.taken(), reason),
        e);
  }

  private static boolean isTooLarge(Exception e) {
    return e instanceof MemoryLimitException
        || (e instanceof ZstdException zstd
            && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge());
  }

  @Override
  public void close() throws IOException {
    if (decoder == null) {
      packed.close();
    } else {
      decoder.close();
    }
  }
}
