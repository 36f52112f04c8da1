package dev.millrace.benchmarks.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  @TempDir private Path folder;

  @Test
  void countsTheLastOneThatIsCompleteWithWhatItShares() throws IOException {
    write("job/chk-9/_metadata", 1);
    write("job/chk-10/_metadata", 10);
    write("job/chk-10/state", 100);
    write("job/chk-11/state", 1000);
    write("job/shared/sst", 10_000);
    write("job/taskowned/log", 100_000);

    Checkpoints checkpoints = new Checkpoints(folder);

    assertThat(checkpoints.last(), is(10L));
    assertThat(checkpoints.bytes(), is(110_110L));
  }

  @Test
  void hasNoneBeforeTheFirst() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder.resolve("later"));
    assertThat(checkpoints.last(), is(0L));
    assertThat(checkpoints.bytes(), is(0L));
  }

  private void write(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
