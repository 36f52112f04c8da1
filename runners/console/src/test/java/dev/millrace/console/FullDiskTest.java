package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;

import dev.millrace.testing.SmallDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A disk that is full at every place where a run writes, found by leaving a little more room each
 * time: the run says in one line which file it was, and what was published before is whole.
 */
class FullDiskTest {
  private static final Path CONTRACT =
      Path.of("../../testdata/flights/flights.odcs.yaml").toAbsolutePath().normalize();
  private static final String BEFORE =
      """
      {"date":"2001-01-01T00:01:00","delay":1,"distance":549,"origin":"SFO","destination":"SAN"}
      """;
  private static final String NOW =
      """
      {"date":"2001-01-01T00:01:00","delay":2,"distance":549,"origin":"SFO","destination":"SAN"}
      {"date":"2001-01-02T00:01:00","delay":3,"distance":2446,"origin":"LAX","destination":"PHL"}
      garbage
      """;

  private static final List<String> TABLES =
      List.of("records", "aggregates", "late", "quarantine", "report.json", "report.html");

  /** What is said of a file or folder, and its name. */
  private static final Pattern LINE =
      Pattern.compile(
          "Cannot (?:write|publish) .*?([^/ ]+): "
              + "(?:\\S+ \\()?(?:[Nn]o space left on device|Unable to create parent directories).*");

  @TempDir Path folder;
  private Path input;

  /** Each run has a name of its own: workers of the last one may still be at it. */
  private int runs;

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(folder.resolve("flights.ndjson"), NOW);
  }

  @Test
  void isNamedForEveryFileAndLeavesWhatWasPublished() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 5000, 5000)) {
      Map<String, Integer> before = publishedBefore();
      Set<String> failed = new TreeSet<>();
      int pages = 0;
      for (disk.leavePages(pages); !runs(before, failed); disk.leavePages(pages)) {
        assertThat(++pages, lessThan(60));
      }
      assertThat(failed, hasItems("part-00000.parquet", "report.html", "report.json"));
    }
  }

  @Test
  void isNamedForEveryFolderAndLeavesWhatWasPublished() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 5000, 5000)) {
      Map<String, Integer> before = publishedBefore();
      Set<String> failed = new TreeSet<>();
      int files = 0;
      for (disk.leaveFiles(files); !runs(before, failed); disk.leaveFiles(files)) {
        assertThat(++files, lessThan(60));
      }
      assertThat(
          failed, hasItems("run-1", ".publication.json", "_SUCCESS", "_versions", "quarantine"));
    }
  }

  private Map<String, Integer> publishedBefore() throws IOException {
    Path other = Files.writeString(folder.resolve("before.ndjson"), BEFORE);
    assertThat(run(other, new StringWriter()), is(0));
    return published();
  }

  /** Whether the run gets through; if not, the file that it fails for joins the others. */
  private boolean runs(Map<String, Integer> before, Set<String> failed) throws IOException {
    StringWriter err = new StringWriter();
    int code = run(input, err);
    if (code == 0) {
      assertThat(published().keySet(), hasItem("records/dt=2001-01-02/part-00000.parquet"));
      return true;
    }
    assertThat(err.toString(), code, is(3));
    String line = err.toString().lines().findFirst().orElseThrow();
    assertThat(line, matchesPattern(LINE));
    Matcher parts = LINE.matcher(line);
    assertThat(parts.matches(), is(true));
    failed.add(parts.group(1));
    assertThat(line, published(), equalTo(before));
    return false;
  }

  private int run(Path file, StringWriter err) {
    CommandLine command = Millrace.command();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err));
    return command.execute(
        "run",
        "ingest",
        "--input=" + file,
        "--contract=" + CONTRACT,
        "--output=" + folder.resolve("disk/out"),
        "--aggregate=count",
        "--targetParallelism=1", // so that what needs a file when is the same each time
        "--runId=run-" + runs++);
  }

  /** What a reader sees: each file with a hash of its content. */
  private Map<String, Integer> published() throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    Path output = folder.resolve("disk/out");
    for (String table : TABLES) {
      if (Files.exists(output.resolve(table))) {
        try (Stream<Path> all = Files.walk(output.resolve(table))) {
          for (Path file : all.filter(Files::isRegularFile).toList()) {
            String name = output.relativize(file).toString();
            files.put(name, Arrays.hashCode(Files.readAllBytes(file)));
          }
        }
      }
    }
    return files;
  }
}
