package dev.millrace.console;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a contract is called that is drafted from files. */
final class DraftName {
  private DraftName() {}

  /** The words in the name of the file, else of its folder; no dates, endings and globs. */
  static String of(String input) {
    Path file = Path.of(input).toAbsolutePath().normalize();
    return Stream.of(Optional.ofNullable(file.getFileName()), folder(file))
        .flatMap(Optional::stream)
        .map(path -> words(path.toString()))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("records");
  }

  private static Optional<Path> folder(Path file) {
    return Optional.ofNullable(file.getParent()).map(Path::getFileName);
  }

  private static String words(String name) {
    return name.replaceFirst("\\..*", "").replaceAll("[^A-Za-z]+", "-").replaceAll("^-|-$", "");
  }
}
