package dev.millrace.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {
  @TempDir Path project;
  private Path below;

  @BeforeEach
  void makeFolders() throws IOException {
    below = Files.createDirectories(project.resolve("some/where"));
  }

  private static Path nearest(Path working) {
    return ProjectFolder.nearest(working, Optional.empty()).path();
  }

  @Test
  void isOfTheWorkingFolder() {
    assertThat(nearest(below), is(below.resolve(".millrace")));
  }

  @Test
  void isThatAboveWhichHasALedger() throws IOException {
    Files.createDirectories(project.resolve("some/.millrace/dev"));
    assertThat(nearest(below), is(below.resolve(".millrace")));
    ProjectFolder above = new ProjectFolder(project.resolve(".millrace"));
    above.make();
    Files.createFile(above.ledger());
    assertThat(nearest(below), is(above.path()));
  }

  @Test
  void isNotInAnOutputFolder() throws IOException {
    Path output = Files.createDirectory(below.resolve("out"));
    Files.createFile(output.resolve(".millrace"));
    assertThat(nearest(output), is(below.resolve(".millrace")));
    assertThat(
        ProjectFolder.nearest(below, Optional.of(below)).path(),
        is(project.resolve("some/.millrace")));
  }

  @Test
  void isNoPartOfWhatIsUnderVersionControl() throws IOException {
    new ProjectFolder(below.resolve(".millrace")).make();
    assertThat(Files.readString(below.resolve(".millrace/.gitignore")), is("*\n"));
  }
}
