package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that publish three commits, the second of which comes first, and are killed at each
 * step of it. The next start is given all three again, as by a checkpoint from before.
 */
@Order(1)
class CommitKilledTest {
  @TempDir Path folder;
  private CommittingProcess process;
  private Path output;

  @BeforeEach
  void stage() throws IOException {
    process = new CommittingProcess(folder);
    process.stage();
    output = process.output();
  }

  @ParameterizedTest
  @CsvSource({
    "WAITING, 1, 0",
    "AUDITED, 1, 0",
    "MARKED, 1, 0",
    "SET_ASIDE, 1, 0",
    "SWAPPED, 1, 0",
    "SET_ASIDE, 2, 0",
    "SWAPPED, 3, 0",
    "ADDED, 1, 0",
    "LISTED, 1, 1",
    "CLEARED, 1, 1",
    "SWAPPED, 4, 1",
    "ADDED, 2, 1",
    "LISTED, 2, 2",
    "CLEARED, 2, 2",
    "TAKEN, 1, 2",
    "LISTED, 3, 3",
  })
  void theNextStartPublishesEachCommitOnce(CommitStep step, int occurrence, int published)
      throws Exception {
    process.killedAt(step, occurrence);
    Map<String, Object> before = commits();
    assertThat(before.keySet(), is(new TreeSet<>(process.names().subList(0, published))));
    assertReadersSeeWholeCommits();

    process.publish(told -> {});
    assertReadersSeeWholeCommits();
    assertThat(contents(), is(ofAnUndisturbedProcess()));
    Map<String, Object> after = commits();
    assertThat(after.keySet(), is(new TreeSet<>(process.names())));
    assertThat("never written again", after.entrySet().containsAll(before.entrySet()));
    assertThat(list(process.staging()), is(empty()));
  }

  private Map<String, String> ofAnUndisturbedProcess() throws IOException {
    CommittingProcess other = new CommittingProcess(Files.createDirectory(folder.resolve("other")));
    other.stage();
    other.publish(told -> {});
    return contents(other.output());
  }

  /** Whoever goes by commits finds all files of each, and whoever goes by markers one run's. */
  private void assertReadersSeeWholeCommits() throws IOException {
    for (String name : commits().keySet()) {
      for (WrittenFile file : Manifest.read(process.commitFile(name)).files()) {
        Path path = Path.of(file.path());
        assertThat(Files.readString(output.resolve(path)), is(CommittingProcess.text(name)));
        Path marker = output.resolve(path.subpath(0, 2)).resolve("_SUCCESS");
        assertThat(marker.toString(), Files.exists(marker));
      }
    }
    for (Path partition : list(output.resolve("records"))) {
      assertThat(partition.toString(), Files.exists(partition.resolve("_SUCCESS")));
      Set<String> files = new TreeSet<>();
      list(partition).forEach(file -> files.add(file.getFileName().toString()));
      assertThat(
          files,
          either(is(Set.of("_SUCCESS", "old")))
              .or(is(Set.of("_SUCCESS", "part-00000.ndjson", "part-00001.ndjson"))));
    }
  }

  /** The commits that are published, and what tells their files apart from others of the name. */
  private Map<String, Object> commits() throws IOException {
    Map<String, Object> commits = new HashMap<>();
    for (Path file : list(process.commitFile("any").getParent())) {
      String name = file.getFileName().toString();
      if (!name.startsWith(".")) {
        commits.put(
            name.replace(".ndjson", ""),
            Files.readAttributes(file, BasicFileAttributes.class).fileKey());
      }
    }
    return commits;
  }

  private Map<String, String> contents() throws IOException {
    return contents(output);
  }

  private static Map<String, String> contents(Path output) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(output.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
