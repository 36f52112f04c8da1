package dev.millrace.io;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path folder;

  @Test
  void isTheContentOfAFileWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " hush \n");
    assertThat(new Secret("file:" + file).value(), is(" hush "));
    Files.writeString(file, "changed");
    assertThat(new Secret("file:" + file).value(), is("changed"));
  }

  @Test
  void isAVariableOfTheEnvironment() {
    assertThat(new Secret("env:PATH").value(), is(System.getenv("PATH")));
    assertThat(new Secret("env:PATH").toString(), is("env:PATH"));
  }

  @Test
  void saysThatThereIsNone() throws IOException {
    assertThat(
        assertThrows(IllegalStateException.class, new Secret("env:MILLRACE_NONE")::value)
            .getMessage(),
        is("Cannot find a value for env:MILLRACE_NONE"));
    Path file = folder.resolve("none");
    assertThat(
        assertThrows(IllegalStateException.class, new Secret("file:" + file)::value).getMessage(),
        is("Cannot find a value for file:" + file));
    assertThat(
        assertThrows(IllegalStateException.class, new Secret("file:" + folder)::value).getMessage(),
        is("Cannot read file:%s: Is a directory".formatted(folder)));
  }

  @Test
  void refusesWhatMayBeTheValueWithoutShowingIt() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> new Secret("hush")).getMessage(),
        is("Invalid secret: not shown (expected a reference: env:NAME or file:/path)"));
  }
}
