package dev.millrace.io.table;

import dev.millrace.record.Commit;
import dev.millrace.record.Disposition;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.util.CoderUtils;

/**
 * A process of its own that publishes commits up to a step, and waits there to be killed. It is
 * given them as a runner gives them, decoded from its state: here, from files.
 */
final class CommittingProcess {
  /** A day each, and the day that rows come too late for. */
  private static final List<String> DAYS =
      List.of("dt=2001-01-14", "dt=2001-01-15", "dt=2001-01-16", "dt=2001-01-17");

  private static final List<String> NAMES =
      List.of("20010116T010000Z", "20010117T010000Z", "20010118T010000Z");

  /** The second overtakes the first. */
  private static final List<Integer> ORDER = List.of(1, 0, 2);

  private final Path folder;
  private final CommitFolders folders;

  CommittingProcess(Path folder) {
    this.folder = folder;
    this.folders =
        new CommitFolders(
            "run",
            staging().toString(),
            output().toString(),
            output().resolve("quarantine").toString(),
            Set.of());
  }

  /** Folder, step, and which of its occurrences. */
  public static void main(String[] arguments) throws IOException {
    CommitStep step = CommitStep.valueOf(arguments[1]);
    int[] left = {Integer.parseInt(arguments[2])};
    new CommittingProcess(Path.of(arguments[0]))
        .publish(
            now -> {
              if (now == step && --left[0] == 0) {
                awaitTheEnd();
              }
            });
  }

  private static void awaitTheEnd() {
    System.out.println("reached");
    try {
      while (System.in.read() >= 0) {
        // Until it is killed.
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts one, and kills it where it waits. */
  void killedAt(CommitStep step, int occurrence) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommittingProcess.class.getName(),
                folder.toString(),
                step.name(),
                Integer.toString(occurrence))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      if (!"reached".equals(line)) {
        throw new AssertionError("The process has ended before " + step + ": " + line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Publishes all commits, in this process. */
  void publish(Consumer<CommitStep> told) throws IOException {
    for (int index : ORDER) {
      Commit commit =
          CoderUtils.decodeFromByteArray(
              Commit.CommitCoder.of(), Files.readAllBytes(state(NAMES.get(index))));
      new CommitPublication(folders, commit, OptionalDouble.empty()).withSteps(told).publish();
    }
  }

  Path output() {
    return folder.resolve("out");
  }

  Path staging() {
    return folder.resolve("staging");
  }

  Path commitFile(String name) {
    return folders.commitFile(name);
  }

  List<String> names() {
    return NAMES;
  }

  /** What the files of a commit hold. */
  static String text(String name) {
    return "of " + name;
  }

  private Path state(String name) {
    return folder.resolve("state").resolve(name);
  }

  /** What an earlier run has published, the files of all commits, and the runner's state. */
  void stage() throws IOException {
    for (String old : List.of("records/" + DAYS.get(1), "late/" + DAYS.get(1))) {
      write(output().resolve(old).resolve("old"), "old");
      write(output().resolve(old).resolve("_SUCCESS"), "");
    }
    for (int i = 0; i < NAMES.size(); i++) {
      Commit commit =
          commit(NAMES.get(i), DAYS.get(i + 1), DAYS.get(i))
              .comingAfter(i == 0 ? "" : NAMES.get(i - 1));
      byte[] state = CoderUtils.encodeToByteArray(Commit.CommitCoder.of(), commit);
      Files.createDirectories(state(commit.name()).getParent());
      Files.write(state(commit.name()), state);
    }
  }

  /** A day with five records in two files, a row that is late for another, and a reject. */
  private Commit commit(String name, String day, String lateDay) throws IOException {
    String malformed = RejectReason.MALFORMED.code();
    List<Commit> parts = new ArrayList<>();
    parts.add(Commit.ofCompleted(name, day));
    parts.add(file(name, "records", day, "part-00000.ndjson", 3));
    parts.add(file(name, "records", day, "part-00001.ndjson", 2));
    parts.add(file(name, "aggregates", day, "part-00000.ndjson", 1));
    parts.add(file(name, "late", lateDay, "part-00000.ndjson", 1));
    parts.add(file(name, "quarantine", "reason=" + malformed, "part-00000.ndjson", 1));
    parts.add(Commit.ofRead(name, Tally.of(Disposition.READ), 7));
    parts.addAll(ending(name, new Tally(Disposition.PUBLISHED, "", day, 3), 5));
    parts.addAll(ending(name, new Tally(Disposition.LATE, "", lateDay, 3), 1));
    parts.addAll(ending(name, new Tally(Disposition.REJECTED, malformed, "", -1), 1));
    parts.add(Commit.ofRead(name, new Tally(Disposition.ACCEPTED, "", day, 3), 5));
    parts.add(Commit.ofRead(name, new Tally(Disposition.ACCEPTED, "", lateDay, 3), 1));
    return Commit.together(name, parts);
  }

  private static List<Commit> ending(String name, Tally tally, long count) {
    return List.of(Commit.ofRead(name, tally, count), Commit.ofDue(name, tally, count));
  }

  private Commit file(String name, String table, String partition, String file, long rows)
      throws IOException {
    String path = "%s/%s/%s/%s".formatted(name, table, partition, file);
    write(staging().resolve(path), text(name));
    return Commit.ofFile(name, new WrittenFile(table, partition, path, rows, text(name).length()));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
