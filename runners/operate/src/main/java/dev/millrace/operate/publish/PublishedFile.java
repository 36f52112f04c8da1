package dev.millrace.operate.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a published partition.
 *
 * @param name its path in the partition
 * @param rows the rows in it
 * @param bytes its size
 * @param sha256 the SHA-256 of its content in lower-case hexadecimal digits, as {@code sha256sum}
 *     prints it
 */
public record PublishedFile(String name, long rows, long bytes, String sha256) {
  private static final int BUFFER_BYTES = 1 << 18;

  /** The digest of what a file has now, in hex. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new SHA-256. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot check files: this Java has no SHA-256", e);
    }
  }
}
