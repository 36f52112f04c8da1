package dev.millrace.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own for a folder, which can be full: a tmpfs of Linux. It takes the right to mount.
 */
final class SmallDisk implements Closeable {
  private static final int MEGABYTE = 1 << 20;
  private static final String SIZE = "size=1g";

  private final Path folder;
  private final Path ballast;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  static SmallDisk mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    Command.run("mount", "-t", "tmpfs", "-o", SIZE, "millrace-chaos", folder.toString());
    return new SmallDisk(folder);
  }

  /** Writes until nothing more fits. */
  void fill() {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[MEGABYTE]);
      }
    } catch (IOException full) {
      // which it is to be
    }
  }

  void free() throws IOException {
    Files.delete(ballast);
  }

  @Override
  public void close() throws IOException {
    Command.run("umount", "--lazy", folder.toString());
  }
}
