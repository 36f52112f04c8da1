package dev.millrace.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Starts the processes of a component with the Java that this process runs on. */
record JavaProcess(Path home, Component component, Site site) {

  /** Starts its own process, which outlives this one. */
  Process start(Command command) throws IOException {
    return start(command, "java.args");
  }

  /** Runs a command that prepares the start, until it ends. */
  void prepare(Command command) throws IOException, InterruptedException {
    int code = start(command, "prepare.args").waitFor();
    if (code != 0) {
      throw new StackException(
          "Cannot prepare %s: it ended with exit code %d (log: %s)"
              .formatted(component.name(), code, site.log()));
    }
  }

  private Process start(Command command, String argumentFile) throws IOException {
    // The class path would hide the mark, which has to be found within the first 4 KB.
    Path file = site.folder().resolve(argumentFile);
    Files.writeString(file, arguments(command));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ProcessTrace.mark(site.start()),
                "@" + file)
            .directory(site.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(site.log().toFile()))
            .start();
    process.getOutputStream().close();
    return process;
  }

  private String arguments(Command command) throws IOException {
    List<String> arguments = new ArrayList<>(command.options());
    arguments.add("-Djava.io.tmpdir=" + site.scratch());
    arguments.addAll(List.of("-cp", classPath(), command.mainClass()));
    arguments.addAll(command.arguments());
    return arguments.stream().map(JavaProcess::quoted).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String quoted(String argument) {
    return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private String classPath() throws IOException {
    Path file = home.resolve(component.module()).resolve("target").resolve("classpath");
    if (!Files.isRegularFile(file)) {
      throw new StackException(
          "Cannot start %s: %s is not there (./millrace dev up builds it, and so does mvn package -pl %s)"
              .formatted(component.name(), file, component.module()));
    }
    return Files.readString(file).strip();
  }
}
