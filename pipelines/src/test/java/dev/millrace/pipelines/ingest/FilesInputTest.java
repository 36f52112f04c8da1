package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.stages.contract.Contract;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesInputTest {
  private static final String CONTRACT = "../testdata/flights/flights.odcs.yaml";

  @TempDir Path folder;

  /** A file of holes: it has a size and takes no room. */
  @ParameterizedTest
  @CsvSource({"1048575, 1", "1048576, 4", "134217727, 4", "134217728, 5", "9999999999, 64"})
  void hasMoreShardsTheMoreThereIs(long bytes, int shards) throws IOException {
    Path input = folder.resolve("flights.ndjson");
    try (RandomAccessFile file = new RandomAccessFile(input.toFile(), "rw")) {
      file.setLength(bytes);
    }
    IngestOptions options =
        IngestRun.options(folder.resolve("out"), "--contract=" + CONTRACT, "--input=" + input);
    Contract contract = Contract.read(Path.of(CONTRACT));

    Slice slice = Slice.of(options, contract, Optional.empty());

    assertThat(FilesInput.of(options, contract, slice).shards(), is(shards));
  }
}
