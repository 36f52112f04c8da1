package dev.millrace.io.reference;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.files.WatchedFile;
import dev.millrace.record.ReferenceVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceLookTest {
  private static final int MAX_FAILURES = 3;

  @TempDir Path folder;

  private final List<ReferenceVersion> versions = new ArrayList<>();
  private ReferenceWatch watch = ReferenceWatch.NOTHING;

  @Test
  void readsTheFileAtTheFirstLookAndNotAgain() throws IOException {
    write(1, "iata\nLAX\nJFK\n");
    look();
    look();

    assertThat(versions, contains(new ReferenceVersion(1, List.of("LAX", "JFK"))));
  }

  @Test
  void readsAChangedFileAtTheLookAfterTheOneThatFoundIt() throws IOException {
    write(1, "iata\nLAX\n");
    look();
    write(2, "iata\nJFK\n");
    look();
    assertThat("it may still be written", versions.size(), is(1));
    look();
    look();

    assertThat(
        versions,
        contains(new ReferenceVersion(1, List.of("LAX")), new ReferenceVersion(2, List.of("JFK"))));
  }

  @Test
  void noticesASizeWithoutATime() throws IOException {
    write(1, "iata\nLAX\n");
    look();
    write(1, "iata\nLAX\nJFK\n");
    look();
    look();

    assertThat(versions.size(), is(2));
  }

  @Test
  void readsAFileThatChangesAtEveryLookAtEveryOther() throws IOException {
    for (int second = 1; second <= 5; second++) {
      write(second, "iata\nA%d\n".formatted(second));
      look();
    }

    assertThat(
        versions.stream().map(ReferenceVersion::values).toList(),
        contains(List.of("A1"), List.of("A3"), List.of("A5")));
  }

  @Test
  void leavesAFileAloneThatIsBackAsItWas() throws IOException {
    Path file = write(1, "iata\nLAX\n");
    look();
    Files.delete(file);
    look();
    write(1, "iata\nLAX\n");
    look();
    look();

    assertThat(versions.size(), is(1));
    assertThat(watch.failures(), is(0));
  }

  @Test
  void goesOnWithWhatItHasWhileTheFileIsBroken() throws IOException {
    write(1, "iata\nLAX\n");
    look();
    write(2, "code\nLAX\n");
    look();
    look();
    assertThat(watch.failures(), is(1));
    write(3, "iata\nJFK\n");
    look();

    assertThat(versions.get(1), is(new ReferenceVersion(2, List.of("JFK"))));
    assertThat(watch.failures(), is(0));
  }

  @Test
  void failsWhenTheFileIsGoneForTooLong() throws IOException {
    Path file = write(1, "iata\nLAX\n");
    look();
    Files.delete(file);
    look();
    look();

    assertThat(
        refusal(),
        is("Cannot read reference: %s: it is gone (at each of the last 3 looks)".formatted(file)));
  }

  @Test
  void failsWhenTheFileHasNoValueForTooLong() throws IOException {
    Path file = write(1, "iata\nLAX\n");
    look();
    write(2, "iata\n");
    look();
    look();
    look();

    assertThat(
        refusal(),
        is(
            "Cannot read reference: %s: it has no value in column iata (at each of the last 3 looks)"
                .formatted(file)));
  }

  @Test
  void failsAtTheFirstLookWithoutAFile() {
    assertThat(
        refusal(),
        is("Cannot read reference: %s: it is gone".formatted(folder.resolve("airports.csv"))));
    assertThat(versions, empty());
  }

  @Test
  void failsWhereTheFileChangesWhileItIsRead() throws IOException {
    ReferenceColumn column = ReferenceColumn.parse(write(1, "iata\nLAX\n") + "#iata");
    WatchedFile before = column.look();
    write(2, "iata\nJFK\n");

    IOException e = assertThrows(IOException.class, () -> column.values(before));
    assertThat(e.getMessage(), is("it changed while it was read"));
  }

  private String refusal() {
    return assertThrows(IOException.class, this::look).getMessage();
  }

  /** Looks, with what is known as a checkpoint has it. */
  private void look() throws IOException {
    ReferenceColumn column = ReferenceColumn.parse(folder.resolve("airports.csv") + "#iata");
    ReferenceWatch after = new ReferenceLook(column, MAX_FAILURES).after(watch, versions::add);
    watch = CoderUtils.clone(new ReferenceWatch.ReferenceWatchCoder(), after);
    assertThat(watch, is(after));
  }

  private Path write(long second, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("airports.csv"), text);
    return Files.setLastModifiedTime(file, FileTime.fromMillis(1_000 * second));
  }
}
