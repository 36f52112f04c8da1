package dev.millrace.quarantine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the quarantine back, outside of any pipeline: for reports, tests and replays. The records
 * equal those that were rejected, and their original bytes are exact.
 */
public final class QuarantineReader {
  private QuarantineReader() {}

  /**
   * The records of a file, or of all files at any depth of a folder in the order of their paths.
   * Read as the stream is consumed, one line at a time; the stream must be closed.
   *
   * <p>The stream throws {@link UncheckedIOException} on what is not a quarantine file; the message
   * names the file and the line.
   *
   * @throws IOException if there is no such file or folder
   */
  public static Stream<QuarantinedRecord> read(Path fileOrFolder) throws IOException {
    return files(fileOrFolder).stream().flatMap(QuarantineReader::readFile);
  }

  private static List<Path> files(Path fileOrFolder) throws IOException {
    if (Files.isRegularFile(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> all = Files.walk(fileOrFolder)) {
      return all.filter(QuarantineReader::isComplete).sorted().toList();
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot read %s: it does not exist".formatted(fileOrFolder), e);
    }
  }

  private static boolean isComplete(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("part-") && name.endsWith(".ndjson");
  }

  private static Stream<QuarantinedRecord> readFile(Path file) {
    Lines lines = new Lines(file);
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, traits), false)
        .onClose(lines::close);
  }

  /** The records of one file; it knows which line it is at. */
  private static final class Lines implements Iterator<QuarantinedRecord> {
    private final Path file;
    private final BufferedReader reader;
    private String next;
    private long number;

    Lines(Path file) {
      this.file = file;
      try {
        reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw failure(e.getMessage(), e);
      }
    }

    @Override
    public boolean hasNext() {
      try {
        next = next == null ? reader.readLine() : next;
        return next != null;
      } catch (IOException e) {
        throw failure("line %s: %s".formatted(number + 1, e.getMessage()), e);
      }
    }

    @Override
    public QuarantinedRecord next() {
      if (!hasNext()) {
        throw new NoSuchElementException("Cannot read on: %s has ended".formatted(file));
      }
      String line = next;
      next = null;
      number++;
      try {
        return LineFormat.decode(line);
      } catch (IOException | RuntimeException e) {
        throw failure("line %s is not a quarantined record".formatted(number), e);
      }
    }

    void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw failure(e.getMessage(), e);
      }
    }

    private UncheckedIOException failure(String reason, Exception cause) {
      String message = "Cannot read %s: %s".formatted(file, reason);
      return new UncheckedIOException(message, new IOException(message, cause));
    }
  }
}
