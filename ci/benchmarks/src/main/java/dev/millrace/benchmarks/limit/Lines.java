package dev.millrace.benchmarks.limit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Goes through files line by line, in one buffer. */
final class Lines {
  private static final int BUFFER = 256 << 10;

  /** Is given the place of a line. */
  interface Visitor {
    void line(byte[] bytes, int from, int to) throws IOException;
  }

  private final byte[] buffer = new byte[BUFFER];

  void forEach(List<Path> files, Visitor visitor) throws IOException {
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        forEach(in, visitor);
      }
    }
  }

  private void forEach(InputStream in, Visitor visitor) throws IOException {
    int size = 0;
    int read = in.read(buffer, size, buffer.length - size);
    while (read > 0) {
      size += read;
      int start = lines(size, visitor);
      System.arraycopy(buffer, start, buffer, 0, size - start);
      size -= start;
      read = in.read(buffer, size, buffer.length - size);
    }
  }

  /** Returns where the line that is not whole starts. */
  private int lines(int size, Visitor visitor) throws IOException {
    int start = 0;
    for (int i = 0; i < size; i++) {
      if (buffer[i] == '\n') {
        visitor.line(buffer, start, i);
        start = i + 1;
      }
    }
    return start;
  }
}
