package dev.millrace.benchmarks.limit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import dev.millrace.benchmarks.events.Truth;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitTest {
  @TempDir private Path folder;
  private EventFiles events;
  private Truth truth;

  @BeforeEach
  void write() throws Exception {
    events = EventFiles.of(folder, 4000, Skew.NONE);
    truth = events.prepare();
  }

  @Test
  void readsAllBytes() throws Exception {
    assertThat(run("read"), equalTo(truth.bytes()));
  }

  @Test
  void writesAllEventsAndCopies() throws Exception {
    assertThat(run("parquet"), equalTo(truth.events() + truth.copies()));
  }

  @Test
  void hashesDifferentLinesToDifferentSums() throws Exception {
    long sum = run("hash");
    events = EventFiles.of(folder, 4008, Skew.NONE);
    events.prepare();
    assertThat(run("hash"), not(equalTo(sum)));
  }

  private long run(String name) throws Exception {
    return Limit.run(
        List.of(Limit.work(name), Limit.work(name)), events.folder(), folder.resolve(name));
  }
}
