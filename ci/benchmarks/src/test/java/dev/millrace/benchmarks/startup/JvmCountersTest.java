package dev.millrace.benchmarks.startup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.benchmarks.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmCountersTest {
  @TempDir private Path folder;

  @Test
  void readsWhatAnotherProcessLeaves() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    JvmCounters counters = JvmCounters.read(countersOf("-Xshare:auto"));

    assertThat(counters.createdAt(), greaterThanOrEqualTo(before));
    assertThat(counters.mainAt(), greaterThanOrEqualTo(counters.createdAt()));
    assertThat(counters.mainAt(), lessThan(Instant.now()));
    assertThat(counters.classSeconds(), allOf(greaterThan(0.0), lessThan(60.0)));
    assertThat(counters.archived(), allOf(greaterThan(100L), lessThan(counters.classes())));
  }

  @Test
  void tellsArchivedClassesFromOthers() throws Exception {
    assertThat(JvmCounters.read(countersOf("-Xshare:off")).archived(), is(0L));
  }

  @Test
  void refusesAnotherFile() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "no counters");
    IOException refusal = assertThrows(IOException.class, () -> JvmCounters.read(file));
    assertThat(refusal.getMessage(), startsWith("Cannot read the counters in " + file));
  }

  private Path countersOf(String option) throws IOException, InterruptedException {
    Path file = folder.resolve("counters");
    List<String> options =
        List.of(option, "-XX:+PerfDataSaveToFile", "-XX:PerfDataSaveFile=" + file);
    int code = JavaCommand.of(Nothing.class, options, List.of()).start().waitFor();
    assertThat(code, is(0));
    return file;
  }

  /** Does nothing. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] arguments) {}
  }
}
