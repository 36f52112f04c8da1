package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void makesAndMarksAFolderThatIsAbsent() {
    Path output = folder.resolve("a/b");
    Folders.claim(output);
    assertThat(Files.isRegularFile(output.resolve(".millrace")), is(true));
  }

  @Test
  void takesAnEmptyFolder() {
    Folders.claim(folder);
    assertThat(Files.isRegularFile(folder.resolve(".millrace")), is(true));
  }

  @Test
  void takesAFolderOfOursAgainWithWhatIsInIt() throws IOException {
    Folders.claim(folder);
    Path published = Files.writeString(folder.resolve("records"), "");
    Folders.claim(folder);
    assertThat(Files.exists(published), is(true));
  }

  @Test
  void refusesAFolderThatHoldsOtherFilesAndLeavesIt() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "");
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> Folders.claim(folder)).getMessage(),
        is(
            "Cannot write to %s: it exists and was not made by Millrace (choose another folder, or an empty one)"
                .formatted(folder)));
    assertThat(Files.exists(folder.resolve(".millrace")), is(false));
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "");
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> Folders.claim(file)).getMessage(),
        is("Cannot write to %s: it is a file".formatted(file)));
  }

  @Test
  void failsBelowAFile() throws IOException {
    Path below = Files.writeString(folder.resolve("a"), "").resolve("b/c");
    assertThat(
        assertThrows(RunFailedException.class, () -> Folders.claim(below)).getMessage(),
        startsWith("Cannot write to %s: ".formatted(below)));
  }

  @Test
  void deletesAFolderWithAllThatIsInIt() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b/c"));
    Files.writeString(deep.resolve("d"), "");
    Folders.delete(folder.resolve("a"));
    assertThat(Files.exists(folder.resolve("a")), is(false));
    Folders.delete(folder.resolve("a"));
  }

  @Test
  void emptiesAFolderThatItMakesAnew() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "");
    Folders.recreate(folder);
    assertThat(Files.exists(old), is(false));
    assertThat(Files.isDirectory(folder), is(true));
  }
}
