package dev.millrace.benchmarks.startup;

import java.nio.file.Path;
import java.util.List;

/** Which class-data archive a process of the launcher starts with. */
enum Archive {
  /** The one that the launcher makes of a short run when it builds Millrace. */
  LAUNCHER("yes") {
    @Override
    Path file(Path home) {
      return home.resolve("runners/console/target/classes.jsa");
    }
  },
  /** Only the JDK's own, of its own classes, which Java takes where there is no other. */
  JDK("no") {
    @Override
    Path file(Path home) {
      return Path.of(System.getProperty("java.home"), "lib/server/classes.jsa");
    }
  };

  /** Whether it is the launcher's, as the table says it. */
  final String text;

  Archive(String text) {
    this.text = text;
  }

  /** Where it is, for a source folder. */
  abstract Path file(Path home);

  /** The options for Java: the last of several archives is the one that counts. */
  List<String> options(Path home) {
    return List.of("-XX:SharedArchiveFile=" + file(home), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }
}
