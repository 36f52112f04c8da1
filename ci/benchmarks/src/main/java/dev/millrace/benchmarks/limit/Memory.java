package dev.millrace.benchmarks.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of a thread's share, kept in memory, so that a work over lines is of no reading. */
final class Memory {
  private byte[] bytes;
  private long times;

  /** Hands out as many lines as the files have: those of the first, again and again. */
  void forEach(List<Path> files, Lines.Visitor visitor) throws IOException {
    if (bytes == null) {
      bytes = Files.readAllBytes(files.get(0));
      times = files.size();
    }
    for (long time = 0; time < times; time++) {
      once(visitor);
    }
  }

  private void once(Lines.Visitor visitor) throws IOException {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        visitor.line(bytes, start, i);
        start = i + 1;
      }
    }
  }
}
