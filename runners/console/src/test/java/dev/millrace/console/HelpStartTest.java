package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Help is there at once because it loads nothing of Beam, its runners and what they log with. */
class HelpStartTest {
  private static final List<String> VERBS =
      List.of(
          "run",
          "demo",
          "backfill",
          "backfill create",
          "pipelines",
          "contract",
          "contract lint",
          "contract test",
          "contract infer",
          "dev up",
          "jobs list",
          "status",
          "catchup");

  @Test
  void loadsNothingOfBeamForHelp() throws Exception {
    List<String> lines = linesOf(Millrace.class, "--help");
    assertThat(lines, hasItem(startsWith("Usage: millrace ")));
    assertThat(tooMuch(lines), empty());
  }

  /** In one process, so that what a verb loads is told once, with the first that does. */
  @Test
  void loadsNothingOfBeamForTheHelpOfAnyVerb() throws Exception {
    List<String> lines = linesOf(Help.class, VERBS.toArray(String[]::new));
    List<String> shown =
        lines.stream().filter(line -> line.startsWith("Usage: millrace ")).toList();
    assertThat(shown, hasSize(VERBS.size()));
    assertThat(tooMuch(lines), empty());
  }

  /** Asks for the help of each verb that it is given. */
  static final class Help {
    private Help() {}

    public static void main(String[] verbs) {
      for (String verb : verbs) {
        String[] arguments = (verb + " --help").split(" ");
        Millrace.command(arguments).execute(arguments);
      }
    }
  }

  /** Classes that are for runs alone, after the usage of the verb that was asked for before. */
  private static List<String> tooMuch(List<String> lines) {
    String before = "";
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("Usage: ")) {
        before = line;
      } else if (line.contains(" org.apache.") || line.contains(" org.slf4j.")) {
        found.add("after '%s': %s".formatted(before, line));
      }
    }
    return found;
  }

  private static List<String> linesOf(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.lines().toList();
  }
}
