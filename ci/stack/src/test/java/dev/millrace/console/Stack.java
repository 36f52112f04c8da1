package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The local stack of a test class, and its job manager. */
final class Stack {
  private final Path folder;
  private final String state;
  private final String flink;

  private Stack(Path folder, String state, String flink) {
    this.folder = folder;
    this.state = state;
    this.flink = flink;
  }

  static Stack up(Path folder) throws IOException {
    String state = "--state=" + folder;
    Console up =
        Console.millrace("dev", "up", state, "--json", "--flink-port=" + FreePort.choose());
    assertThat(up.err(), up.code(), is(0));
    return new Stack(folder, state, "127.0.0.1:" + up.json().findValue("flink").asText());
  }

  void down() {
    Console.millrace("dev", "down", "--wipe", state);
  }

  /** Its folder, as an argument of a command. */
  String state() {
    return state;
  }

  /** Where its job manager is. */
  String flink() {
    return flink;
  }

  void killJobManager() throws IOException {
    JsonNode status = Console.millrace("dev", "status", state, "--json").json();
    for (JsonNode component : status.path("components")) {
      if (component.path("name").asText().equals("jobmanager")) {
        ProcessHandle process = ProcessHandle.of(component.path("pid").asLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
      }
    }
  }

  /** How many bytes of jars the job manager was sent. */
  long sent() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("jobmanager/tmp"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("blob_"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /** Each complete one has metadata; older ones are deleted when there is a later. */
  Path lastCheckpoint(String job) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("checkpoints").resolve(job))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparingInt(Stack::number))
          .orElseThrow();
    }
  }

  /** How large the write buffers are that RocksDB has for the states of the jobs that run. */
  Set<String> writeBuffers() throws IOException {
    Set<String> sizes = new TreeSet<>();
    Files.walkFileTree(folder, new WriteBuffers(sizes));
    return sizes;
  }

  /** Reads RocksDB's lists of its options. */
  private static final class WriteBuffers extends SimpleFileVisitor<Path> {
    private static final String OPTION = "write_buffer_size=";

    private final Set<String> sizes;

    private WriteBuffers(Set<String> sizes) {
      this.sizes = sizes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.getFileName().toString().matches("OPTIONS-[0-9]+")) {
        try (Stream<String> lines = Files.lines(file)) {
          lines.map(String::strip).filter(line -> line.startsWith(OPTION)).forEach(sizes::add);
        } catch (NoSuchFileException e) {
          return FileVisitResult.CONTINUE; // a newer list has taken its place
        }
      }
      return FileVisitResult.CONTINUE;
    }

    /** RocksDB deletes files all the time. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }
}
