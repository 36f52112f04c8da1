package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.parquet.RowGroupEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowGroupsTest {
  @TempDir Path root;

  @Test
  void namesARowGroupByItsContent() throws IOException {
    RowGroups rowGroups = rowGroups("records");
    Chunk.Encoded once = rowGroups.add(List.of(Events.at(1, 1)));
    Chunk.Encoded again = rowGroups.add(List.of(Events.at(1, 1)));
    rowGroups.add(List.of(Events.at(1, 2)));
    assertThat(again, equalTo(once));
    assertThat(once.path(), startsWith(".records.rowgroups/"));
    assertThat(Files.size(root.resolve(once.path())), is(once.bytes()));
    assertThat(list(root.resolve(".records.rowgroups")), hasSize(2));
  }

  @Test
  void deletesThoseOfOneTableWithTheirFolder() throws IOException {
    rowGroups("records").add(List.of(Events.at(1, 1)));
    rowGroups("late").add(List.of(Events.at(1, 1)));
    Files.writeString(root.resolve("kept"), "x");
    RowGroups.deleteAll(new OutputFolder(root.toString()), "records");
    RowGroups.deleteAll(new OutputFolder(root.toString()), "records");
    assertThat(list(root), containsInAnyOrder(".late.rowgroups", "kept"));
  }

  private RowGroups rowGroups(String table) {
    return new RowGroups(
        new OutputFolder(root.toString()),
        table,
        new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD));
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
