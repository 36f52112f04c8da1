package dev.millrace.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What a command answers. */
record Console(int code, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Console millrace(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Millrace.command();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int code = command.execute(arguments);
    return new Console(code, out.toString(), err.toString());
  }

  /**
   * As the launcher script starts it: in a process of its own, on the class path of the command
   * line, which lacks what only tests have.
   */
  static Console launched(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("millrace", ".out");
    Path err = Files.createTempFile("millrace", ".err");
    try {
      int code =
          new ProcessBuilder(command(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start()
              .waitFor();
      return new Console(code, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** How the launcher script starts it. */
  static List<String> command(String... arguments) throws IOException {
    Path home = Path.of(System.getProperty("millrace.home")).toRealPath();
    Path target = home.resolve("runners/console/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dmillrace.home=" + home));
    command.addAll(
        List.of("-cp", jar(target) + ":" + Files.readString(target.resolve("classpath"))));
    command.add(Millrace.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path jar(Path target) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "millrace-console-*.jar")) {
      return jars.iterator().next();
    }
  }

  JsonNode json() throws IOException {
    return JSON.readTree(out);
  }
}
