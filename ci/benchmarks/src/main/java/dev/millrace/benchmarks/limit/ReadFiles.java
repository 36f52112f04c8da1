package dev.millrace.benchmarks.limit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the files, which the system has in its memory. */
final class ReadFiles implements Limit.Work {
  private final byte[] buffer = new byte[256 << 10];

  @Override
  public long over(List<Path> files, Path output) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
          bytes += read;
        }
      }
    }
    return bytes;
  }
}
