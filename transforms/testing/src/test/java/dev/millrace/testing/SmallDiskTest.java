package dev.millrace.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallDiskTest {
  private static final String FULL = "No space left on device";

  @TempDir Path folder;

  @Test
  void takesAsManyPagesAsItIsToldToLeave() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 10, 8)) {
      disk.leavePages(2);
      Files.write(folder.resolve("disk/two"), new byte[2 * 4096]);
      Path third = folder.resolve("disk/third");
      IOException e = assertThrows(IOException.class, () -> Files.write(third, new byte[1]));
      assertThat(e.getMessage(), containsString(FULL));
    }
    assertThat(Files.exists(folder.resolve("disk/two")), is(false));
  }

  @Test
  void takesAsManyFilesAsItIsToldToLeave() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 10, 8)) {
      disk.leaveFiles(3);
      disk.leaveFiles(1);
      Files.createDirectory(folder.resolve("disk/one"));
      Path second = folder.resolve("disk/second");
      IOException e = assertThrows(IOException.class, () -> Files.createDirectory(second));
      assertThat(e.getMessage(), containsString(FULL));
    }
  }
}
