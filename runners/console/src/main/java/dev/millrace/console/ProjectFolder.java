package dev.millrace.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder {@code .millrace} of a project, with its ledger: that of the nearest folder above the
 * working folder that has one, or else where a new one goes. In an output folder a file has that
 * name, so a new one goes beside it.
 */
record ProjectFolder(Path path) {
  private static final String NAME = ".millrace";
  private static final String LEDGER = "ledger.db";

  /**
   * That of a working folder.
   *
   * @param output the folder that will be published to, if it is known
   */
  static ProjectFolder nearest(Path working, Optional<Path> output) {
    Path start = working.toAbsolutePath().normalize();
    for (Path above = start; above != null; above = above.getParent()) {
      ProjectFolder folder = new ProjectFolder(above.resolve(NAME));
      if (Files.isRegularFile(folder.ledger())) {
        return folder;
      }
    }
    Path above = start;
    while (above.getParent() != null
        && (Files.isRegularFile(above.resolve(NAME)) || output.equals(Optional.of(above)))) {
      above = above.getParent();
    }
    return new ProjectFolder(above.resolve(NAME));
  }

  /** The file of the ledger, which need not be there. */
  Path ledger() {
    return path.resolve(LEDGER);
  }

  /** Makes the folder, which a project's own version control has no use for. */
  void make() {
    if (Files.exists(path)) {
      return;
    }
    try {
      Files.createDirectories(path);
      Files.writeString(path.resolve(".gitignore"), "*\n");
    } catch (IOException e) {
      return; // the ledger can't be opened there then, and says why
    }
  }
}
