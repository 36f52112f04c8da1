package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help is there at once because it loads nothing of Beam, its runners and what they log with. */
class HelpStartTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
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
        "catchup"
      })
  void loadsNothingOfBeamForHelp(String verb) throws Exception {
    List<String> loaded = classesLoadedFor((verb + " --help").strip().split(" "));
    assertThat(loaded, hasItem(containsString("dev.millrace.console.Millrace ")));
    assertThat(
        loaded.stream()
            .filter(line -> line.contains(" org.apache.") || line.contains(" org.slf4j."))
            .toList(),
        empty());
  }

  private static List<String> classesLoadedFor(String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Millrace.class.getName());
    java.command().addAll(List.of(arguments));
    Process process = java.redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    process.waitFor();
    return lines;
  }
}
