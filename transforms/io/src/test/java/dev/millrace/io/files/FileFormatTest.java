package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatTest {

  @ParameterizedTest
  @CsvSource({
    "in/a.csv, CSV",
    "A.CSV.GZ, CSV",
    "a.json, JSON",
    "a.json.zst, JSON",
    "a.json.bz2, JSON",
    "a.JSON.XZ, JSON",
    "a.ndjson.gz, NDJSON",
    "a.avro, AVRO",
    "a.avro.gz, AVRO",
    "a.parquet, PARQUET",
    "a.jsonl, NDJSON",
    "a.json/part-0, NDJSON",
    "a, NDJSON",
  })
  void isTheOneThatANameSays(String path, FileFormat format) {
    assertThat(FileFormat.of(path), is(format));
  }
}
