package dev.millrace.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import dev.millrace.io.Events;
import dev.millrace.io.Tables;
import dev.millrace.io.parquet.RowGroupEncoder;
import dev.millrace.record.Record;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionFilesTest {
  @TempDir Path folder;

  @Test
  void putsRowGroupsAndPackedRowsIntoOneFileInTheOrderOfTime() throws Exception {
    List<Chunk> chunks = List.of(packed(30, 40), encoded(50, 60), packed(25, 35), encoded(10, 20));
    List<WrittenFile> files = files(1 << 20, 1 << 20).write("dt=1970-01-01", chunks);
    assertThat(
        files,
        contains(
            new WrittenFile(
                "records",
                "dt=1970-01-01",
                "records/dt=1970-01-01/part-00000.parquet",
                8,
                Files.size(folder.resolve("records/dt=1970-01-01/part-00000.parquet")))));
    assertThat(ids("records"), contains("10", "20", "25", "30", "35", "40", "50", "60"));
    assertThat(
        Tables.query(
            "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('%s/%s') ORDER BY 1"
                .formatted(folder, files.get(0).path())),
        contains("0|2", "1|4", "2|2"));
  }

  @Test
  void makesTheSameFileHoweverPackedRowsArrive() throws IOException {
    files(1 << 20, 1 << 20).write("p", List.of(packed(30, 10), packed(20), packed(40)));
    byte[] first = Files.readAllBytes(folder.resolve("records/p/part-00000.parquet"));
    files(1 << 20, 1 << 20).write("p", List.of(packed(40, 20), packed(10, 30)));
    byte[] second = Files.readAllBytes(folder.resolve("records/p/part-00000.parquet"));
    assertThat(Arrays.equals(first, second), is(true));
  }

  @Test
  void startsAFileWhenTheTargetSizeWouldBePassed() throws Exception {
    Chunk.Encoded a = encoded(1, 2);
    Chunk.Encoded b = encoded(3, 4);
    Chunk.Encoded c = encoded(5, 6);
    long forTwo = a.bytes() + b.bytes();
    List<WrittenFile> files = files(forTwo, 1 << 20).write("p", List.of(c, b, a));
    assertThat(
        files.stream().map(WrittenFile::path).toList(),
        contains("records/p/part-00000.parquet", "records/p/part-00001.parquet"));
    assertThat(files.stream().map(WrittenFile::rows).toList(), contains(4L, 2L));
    assertThat(ids("records"), contains("1", "2", "3", "4", "5", "6"));
  }

  @Test
  void writesARowGroupThatIsLargerThanTheTargetSize() throws IOException {
    List<WrittenFile> files = files(1, 1 << 20).write("p", List.of(encoded(1), encoded(2)));
    assertThat(files.stream().map(WrittenFile::rows).toList(), contains(1L, 1L));
  }

  @Test
  void cutsPackedRowsIntoRowGroups() throws Exception {
    int twoRows = 2 * Events.at(0, 1).contentLength();
    List<WrittenFile> files =
        files(1 << 20, twoRows).write("p", List.of(packed(5, 4, 3), packed(2, 1)));
    assertThat(
        Tables.query(
            "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('%s/%s') ORDER BY 1"
                .formatted(folder, files.get(0).path())),
        contains("0|2", "1|2", "2|1"));
  }

  @Test
  void replacesWhatAnEarlierAttemptLeft() throws Exception {
    files(1, 1 << 20).write("p", List.of(encoded(1), encoded(2), encoded(3)));
    files(1 << 20, 1 << 20).write("p", List.of(encoded(4)));
    assertThat(ids("records"), contains("4"));
    try (Stream<Path> left = Files.list(folder.resolve("records/p"))) {
      assertThat(
          left.map(path -> path.getFileName().toString()).toList(), contains("part-00000.parquet"));
    }
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    PartitionFiles files =
        new PartitionFiles(
            Events.SCHEMA, rowGroups(), new OutputFolder(file.toString()), "records", 1, 1);
    IOException e = assertThrows(IOException.class, () -> files.write("p", List.of(encoded(1))));
    assertThat(
        e.getMessage(),
        equalTo(
            "Cannot write %s/records/p/part-00000.parquet: Unable to create parent directories for '%s/records/p/.part-00000.parquet.tmp'"
                .formatted(file, file)));
    assertThat(e.getCause().getMessage().length(), greaterThan(0));
  }

  private PartitionFiles files(long targetFileSize, int rowGroupBytes) {
    return new PartitionFiles(
        Events.SCHEMA,
        rowGroups(),
        new OutputFolder(folder.toString()),
        "records",
        targetFileSize,
        rowGroupBytes);
  }

  private List<String> ids(String table) throws Exception {
    return Tables.query(
        "SELECT id FROM read_parquet('%s/%s/*/*.parquet', filename = true, file_row_number = true) ORDER BY filename, file_row_number"
            .formatted(folder, table));
  }

  private static Chunk packed(int... times) {
    return new Chunk.Packed(Events.block(events(times)));
  }

  private Chunk.Encoded encoded(int... times) throws IOException {
    return rowGroups().add(events(times));
  }

  private RowGroups rowGroups() {
    return new RowGroups(
        new OutputFolder(folder.toString()),
        "records",
        new RowGroupEncoder(Events.SCHEMA, Compression.ZSTD));
  }

  /** Events whose number is their time. */
  private static List<Record> events(int... times) {
    List<Record> rows = new ArrayList<>();
    for (int time : times) {
      rows.add(Events.at(time, time));
    }
    return rows;
  }
}
