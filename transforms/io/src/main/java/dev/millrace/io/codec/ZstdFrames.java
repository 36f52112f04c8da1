package dev.millrace.io.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads a zstd file (RFC 8878) of one or more frames, with windows of up to 128 MB, as zstd itself
 * does by default.
 *
 * <p>{@link com.github.luben.zstd.ZstdInputStream} takes a later frame that is cut off within its
 * header for the end of the file; here it is an error.
 */
final class ZstdFrames extends InputStream {
  private final InputStream in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] chunk = new byte[PackedBytes.BUFFER_BYTES];
  private final ByteBuffer source = ByteBuffer.allocateDirect(chunk.length).limit(0);
  private final ByteBuffer target = ByteBuffer.allocateDirect(2 * chunk.length).limit(0);
  private boolean inFrame;

  ZstdFrames(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return target.hasRemaining() || decode() ? target.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0 && !target.hasRemaining() && !decode()) {
      return -1;
    }
    int taken = Math.min(length, target.remaining());
    target.get(bytes, offset, taken);
    return taken;
  }

  /** Decodes some bytes into the target; false at the end of the file. */
  private boolean decode() throws IOException {
    target.clear();
    while (inFrame || source.hasRemaining() || fill()) {
      inFrame = !context.decompressDirectByteBufferStream(target, source);
      if (target.position() > 0) {
        target.flip();
        return true;
      }
      if (inFrame && !source.hasRemaining() && !fill()) {
        throw new EOFException("The last frame does not end");
      }
    }
    target.limit(0);
    return false;
  }

  private boolean fill() throws IOException {
    int read = in.read(chunk, 0, chunk.length);
    source.clear();
    source.put(chunk, 0, Math.max(0, read));
    source.flip();
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    context.close();
    in.close();
  }
}
