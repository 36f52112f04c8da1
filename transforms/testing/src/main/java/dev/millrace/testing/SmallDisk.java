package dev.millrace.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of its own for a test, so small that it can be filled: what happens then can't be told
 * from a disk that only pretends. It is a tmpfs of Linux; where the test may not mount one, it is
 * skipped. Closing unmounts it, with all that is on it.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;
  private static final String FILLER = ".filler";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts a disk.
   *
   * @param folder where; it is made if it is not there
   * @param files how many files and folders it takes, its own included
   * @param pages how many pages of 4 KB their content takes
   */
  public static SmallDisk mount(Path folder, int files, int pages) throws IOException {
    Files.createDirectories(folder);
    String size = "size=%s,nr_inodes=%s".formatted(pages * (long) PAGE_BYTES, files);
    String failure = run("mount", "-t", "tmpfs", "-o", size, "millrace-test", folder.toString());
    Assumptions.assumeTrue(
        failure.isEmpty(), () -> "Cannot mount a tmpfs, so this is not tested: " + failure);
    return new SmallDisk(folder);
  }

  /** Fills the disk with content, but for this many pages. */
  public void leavePages(int pages) throws IOException {
    Files.deleteIfExists(folder.resolve(FILLER));
    long filler = Files.getFileStore(folder).getUsableSpace() / PAGE_BYTES - pages;
    try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
      for (long page = 0; page < filler; page++) {
        out.write(new byte[PAGE_BYTES]);
      }
    }
  }

  /** Fills the disk with empty files, but for this many. */
  public void leaveFiles(int files) throws IOException {
    int made = 0;
    while (Files.deleteIfExists(folder.resolve(FILLER + made))) {
      made++;
    }
    made = 0;
    while (hasRoomFor(folder.resolve(FILLER + made))) {
      made++;
    }
    for (int i = 1; i <= files; i++) {
      Files.delete(folder.resolve(FILLER + (made - i)));
    }
  }

  private static boolean hasRoomFor(Path file) {
    try {
      Files.createFile(file);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  /** Whoever still has a file of it open, such as a worker of a run that failed, keeps that. */
  @Override
  public void close() throws IOException {
    String failure = run("umount", "--lazy", folder.toString());
    if (!failure.isEmpty()) {
      throw new IOException("Cannot unmount %s: %s".formatted(folder, failure));
    }
  }

  /** Runs a command, and gives what it says if it fails; nothing if it doesn't. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command[0] + " does not end";
      }
      return process.exitValue() == 0 ? "" : command[0] + " says " + said;
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return command[0] + " was interrupted";
    }
  }
}
