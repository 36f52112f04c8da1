package dev.millrace.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a folder, as another program would have written it. */
class OutputFolderTest {
  private static final String FIRST = "2001-01-01T00:01:00Z 33 2176 LAS PHL";

  @TempDir Path folder;
  private OutputFolder output;

  @BeforeEach
  void write() throws IOException, SQLException {
    output = new OutputFolder(folder);
    writeTable("records/dt=2001-01-01", 33);
    Files.createFile(folder.resolve("records/dt=2001-01-01/_SUCCESS"));
  }

  @Test
  void hasTheRowsOfParquetFiles() throws Exception {
    writeFile("records/dt=2001-01-01/part-2.parquet", 33);
    assertThat(output.flights("records").count(FIRST), is(2L));
    assertThat(output.flights("records").size(), is(2L));
    assertThat(output.flights("late").size(), is(0L));
  }

  @Test
  void hasNothingOfAPartitionWithoutAMarker() throws Exception {
    writeTable("records/dt=2001-01-02", 34);
    assertThat(output.flights("records").size(), is(1L));
    assertThat(output.hasPublished("2001-01-01"), is(true));
    assertThat(output.hasPublished("2001-01-02"), is(false));
  }

  @Test
  void hasTheBytesOfWhatWasRejected() throws IOException {
    Path run = Files.createDirectories(folder.resolve("quarantine/run=a/reason=malformed"));
    Files.createFile(run.resolveSibling("_SUCCESS"));
    Files.writeString(
        run.resolve("part-00000.ndjson"),
        """
        {"original":"{\\u00e9"}
        {"originalBase64":"/w=="}
        {"message":{"tombstone":true},"original":""}
        {"original":""}
        """);
    Bag rejected = output.rejected();
    assertThat(rejected.size(), is(4L));
    assertThat(rejected.count("{\u00c3\u00a9"), is(1L));
    assertThat(rejected.count("\u00ff"), is(1L));
    assertThat(rejected.count(Message.identityOf(null)), is(1L));
    assertThat(rejected.count(""), is(1L));
  }

  @Test
  void addsUpTheCountsOfAllCommits() throws IOException {
    Path run = Files.createDirectories(folder.resolve("_runs/chaos"));
    Files.writeString(
        run.resolve("2001-01-01T06.ndjson"),
        """
        {"file":{"table":"records","rows":7}}
        {"tally":{"disposition":"read","hour":1},"count":7}
        {"tally":{"disposition":"late","hour":1},"count":2}
        """);
    Files.writeString(
        run.resolve("2001-01-01T12.ndjson"),
        "{\"tally\":{\"disposition\":\"read\",\"hour\":2},\"count\":5}\n");
    assertThat(output.balance().count("read"), is(12L));
    assertThat(output.balance().count("late"), is(2L));
  }

  private void writeTable(String partition, int delay) throws IOException, SQLException {
    Files.createDirectories(folder.resolve(partition));
    writeFile(partition + "/part-1.parquet", delay);
  }

  private void writeFile(String file, int delay) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          """
          copy (select timestamptz '2001-01-01 00:01:00Z' as date, %d::bigint as delay,
                2176::bigint as distance, 'LAS' as origin, 'PHL' as destination)
          to '%s' (format parquet)
          """
              .formatted(delay, folder.resolve(file)));
    }
  }
}
