package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same records in every format and compression, as programs other than this one write them,
 * give the same rows.
 */
class FormatsTest {
  private static final String CONTRACT = "--contract=../testdata/flights/flights.odcs.yaml";
  private static final String FILES = "../testdata/formats/flights.";

  @TempDir Path folder;

  @Test
  void giveTheSameRowsAndCounts() throws Exception {
    StagedOutput expected = run("expected", "ndjson");
    assertThat(expected.rows("records"), hasSize(40));
    for (String format : new String[] {"ndjson", "csv", "json"}) {
      for (String compression : new String[] {"", ".gz", ".zst", ".bz2", ".xz"}) {
        String name = format + compression;
        StagedOutput output = run(name, name);
        assertThat(name, output.rows("records"), equalTo(expected.rows("records")));
        assertThat(name, output.counts(), equalTo(expected.counts()));
      }
    }
  }

  private StagedOutput run(String staging, String name) {
    return IngestRun.to(folder.resolve(staging), "--input=" + FILES + name, CONTRACT);
  }

  @Test
  void giveTheSameRowsAndCountsInAvro() throws Exception {
    StagedOutput expected = run("expected", "ndjson");
    StagedOutput output = run("avro", "avro");
    assertThat(output.rows("records"), equalTo(expected.rows("records")));
    assertThat(output.counts(), equalTo(expected.counts()));
    assertThat(output.quarantine(), hasSize(3));
  }

  /** A column has one type: what is not of it is not there, and missing instead of wrong. */
  @Test
  void giveTheSameRowsInParquet() throws Exception {
    StagedOutput expected = run("expected", "ndjson");
    StagedOutput output = run("parquet", "parquet");
    assertThat(output.rows("records"), equalTo(expected.rows("records")));
    assertThat(balance(output), equalTo(balance(expected)));
    assertThat(output.counts(), containsString("\"missing_field\":1"));
  }

  private static String balance(StagedOutput output) {
    return output.counts().replaceAll(",\"rejected_by_reason.*", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "parquet"})
  void giveTheSameObjectsArraysDecimalsAndTimes(String format) throws Exception {
    StagedOutput expected = orders("expected", "ndjson");
    assertThat(expected.lines("records"), hasSize(3));
    StagedOutput output = orders(format, format);
    assertThat(output.lines("records"), equalTo(expected.lines("records")));
    assertThat(output.counts(), equalTo(expected.counts()));
  }

  private StagedOutput orders(String staging, String format, String... options) {
    return IngestRun.to(
        folder.resolve(staging),
        Stream.concat(
                Stream.of(
                    "--input=../testdata/formats/orders." + format,
                    "--contract=../testdata/formats/orders.odcs.yaml"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"ndjson, ZSTD", "ndjson, GZIP", "avro, ZSTD", "avro, SNAPPY", "parquet, GZIP"})
  void areReadAgainAsTheyWereWritten(String format, Compression compression) throws Exception {
    StagedOutput expected = orders("expected", "ndjson");
    orders("written", "ndjson", "--outputFormat=" + format, "--compression=" + compression);
    StagedOutput output =
        IngestRun.to(
            folder.resolve("again"),
            "--input=" + folder.resolve("written/records/*/part-*"),
            "--contract=../testdata/formats/orders.odcs.yaml");
    assertThat(output.lines("records"), equalTo(expected.lines("records")));
  }

  @Test
  void failTheRunWhereABlockOfAvroIsCorrupt() throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(FILES + "avro"));
    bytes[bytes.length - 1] ^= 1;
    Path file = Files.write(folder.resolve("a.avro"), bytes);
    assertThat(failure(file), containsString("it does not end with the marker of the file"));
  }

  @Test
  void failTheRunWhereAFileIsNoParquet() throws Exception {
    Path file = Files.writeString(folder.resolve("a.parquet"), "{\"a\":1}\n");
    assertThat(
        failure(file),
        containsString("no Parquet file: it starts with 7b226122 (expected 50415231)"));
  }

  private String failure(Path file) {
    String message =
        assertThrows(
                RuntimeException.class,
                () -> IngestRun.to(folder.resolve("staging"), "--input=" + file, CONTRACT))
            .getMessage();
    assertThat(message, containsString("Cannot read " + file + ": "));
    return message;
  }

  @Test
  void areToldByTheOptionRatherThanTheName() throws Exception {
    StagedOutput output =
        IngestRun.to(folder, "--input=" + FILES + "ndjson", "--format=csv", CONTRACT);
    assertThat(output.rows("records"), hasSize(0));
  }
}
