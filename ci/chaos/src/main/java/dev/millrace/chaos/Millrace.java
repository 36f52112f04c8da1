package dev.millrace.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of Millrace, in processes of its own, as the launcher script starts it.
 *
 * @param home the folder of the source, in which it is built
 */
record Millrace(Path home) {
  private static final String MAIN = "dev.millrace.console.Millrace";
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.util",
          "java.lang.invoke",
          "java.util.concurrent",
          "java.nio",
          "sun.nio.ch",
          "java.time",
          "java.text",
          "java.net");

  /**
   * Runs a command with {@code --json}, and returns its answer.
   *
   * @throws IllegalStateException if it fails, with what it says
   */
  JsonNode json(List<String> arguments) throws IOException {
    Path out = Files.createTempFile("millrace", ".out");
    Path err = Files.createTempFile("millrace", ".err");
    try {
      List<String> command = command();
      command.addAll(arguments);
      command.add("--json");
      int code =
          Command.exitCode(
              new ProcessBuilder(command)
                  .redirectOutput(out.toFile())
                  .redirectError(err.toFile())
                  .start());
      if (code != 0) {
        throw new IllegalStateException(
            "Cannot run millrace %s: exit code %d, %s"
                .formatted(String.join(" ", arguments), code, Files.readString(err).strip()));
      }
      return new ObjectMapper().readTree(out.toFile());
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private List<String> command() throws IOException {
    Path target = home.resolve("runners/console/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(name -> command.add("--add-opens=java.base/%s=ALL-UNNAMED".formatted(name)));
    command.addAll(
        List.of(
            "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dmillrace.home=" + home));
    command.addAll(
        List.of("-cp", jar(target) + ":" + Files.readString(target.resolve("classpath"))));
    command.add(MAIN);
    return command;
  }

  private static Path jar(Path target) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "millrace-console-*.jar")) {
      return jars.iterator().next();
    }
  }
}
