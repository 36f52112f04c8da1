package dev.millrace.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line as it is for its users: started in a process of its own, on a class path that
 * lacks what only tests have, with an archive of its classes.
 */
final class Installed {
  static final Path HOME = home();

  private Installed() {}

  /** How the launcher script starts it. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:SharedArchiveFile=" + System.getProperty("class.archive"),
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Dmillrace.home=" + HOME,
            "-cp",
            classPath(),
            Millrace.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Workers that verbs of this process start are on it, too, from now on. */
  static void startsWorkers() {
    System.setProperty("java.class.path", classPath());
  }

  static String classPath() {
    Path target = HOME.resolve("runners/console/target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "millrace-console-*.jar")) {
      return jars.iterator().next() + ":" + Files.readString(target.resolve("classpath"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path home() {
    try {
      return Path.of(System.getProperty("millrace.home")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
