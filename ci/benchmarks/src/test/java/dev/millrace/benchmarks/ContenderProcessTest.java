package dev.millrace.benchmarks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.benchmarks.run.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContenderProcessTest {
  @TempDir private Path folder;

  @Test
  void readsTheMeasurementsOfAProcess() throws Exception {
    assertThat(
        process(Measures.class).run(folder, folder, 1), contains(new Measurement(0, 1.5, 2.5, 3)));
  }

  @Test
  void failsWithTheExitCodeOfAProcess() {
    IOException failure =
        assertThrows(IOException.class, () -> process(Fails.class).run(folder, folder, 1));
    assertThat(
        failure.getMessage(),
        is("Cannot run contender: exit code 7; see " + folder.resolve("key.log")));
  }

  @Test
  void failsIfTrainingLeavesNoArchive() {
    Path archive = folder.resolve("key.jsa");
    IOException failure =
        assertThrows(IOException.class, () -> ContenderProcess.requireArchive(archive));
    assertThat(failure.getMessage(), is("Cannot archive classes: Java wrote no " + archive));
  }

  @Test
  void failsIfTrainingFails() {
    IOException failure =
        assertThrows(IOException.class, () -> process(Fails.class).train(folder, folder));
    assertThat(failure.getMessage(), startsWith("Cannot run contender: exit code "));
  }

  private ContenderProcess process(Class<?> main) {
    return new ContenderProcess(
        Contender.job("key", "title", main), System.getProperty("java.class.path"), folder);
  }

  /** Prints a measurement, as a contender does. */
  static final class Measures {
    private Measures() {}

    @SuppressWarnings("SystemOut") // the measurements are its output
    public static void main(String[] arguments) throws Exception {
      System.out.println(new Measurement(0, 1.5, 2.5, 3).toLine());
    }
  }

  /** Exits with a code of its own. */
  static final class Fails {
    private Fails() {}

    public static void main(String[] arguments) {
      System.exit(7);
    }
  }
}
