package dev.millrace.benchmarks.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.benchmarks.events.EventFiles;
import dev.millrace.benchmarks.events.Skew;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job is tested with flights; with events it is checked whenever it is measured. */
final class EventRulesTest {
  private static final Pattern NAME = Pattern.compile("\"([a-z_]+)\":");

  @TempDir private Path folder;

  @Test
  void knowsTheFieldsOfTheEvents() throws IOException {
    EventFiles events = EventFiles.of(folder, 8, Skew.NONE);
    events.prepare();
    String first = Files.readAllLines(events.folder().resolve("part-0.ndjson")).get(0);
    List<String> fields = NAME.matcher(first).results().map(name -> name.group(1)).toList();
    assertThat(List.of(EventRules.EVENT.fieldNames()), equalTo(fields));
  }
}
