package dev.millrace.io.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.io.Gzip;
import dev.millrace.io.ReadException;
import dev.millrace.record.RawBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockReaderTest {
  @TempDir Path folder;

  @Test
  void readsTheRecordsOfAllFilesInOrder() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "n\n1\n2\n");
    Files.write(folder.resolve("b.ndjson.gz"), Gzip.of("{3}\n"));
    Files.writeString(folder.resolve("c.json"), "[{4}, {5}]");
    Files.writeString(folder.resolve("d.ndjson"), "");

    assertThat(
        read(ReadFiles.of(FileSet.match(List.of(folder + "/*")))),
        contains("a.csv 2 1", "a.csv 4 2", "b.ndjson.gz 0 {3}", "c.json 1 {4}", "c.json 6 {5}"));
  }

  @Test
  void saysWhichFileCannotBeRead() throws IOException {
    byte[] file = Gzip.of("{1}\n{2}\n");
    Path path = folder.resolve("a.gz");
    Files.write(path, Arrays.copyOf(file, file.length - 5));
    ReadFiles files = ReadFiles.of(FileSet.match(List.of(path.toString())));

    ReadException e = assertThrows(ReadException.class, () -> read(files));
    assertThat(
        e.getMessage(),
        is(
            "Cannot read %s: truncated gzip stream after %d bytes"
                .formatted(path, file.length - 5)));
  }

  private static List<String> read(ReadFiles files) {
    List<String> records = new ArrayList<>();
    try (BlockReader reader = files.open()) {
      for (Optional<RawBlock> next = reader.next(); next.isPresent(); next = reader.next()) {
        RawBlock block = next.get();
        for (int i = 0; i < block.size(); i++) {
          records.add(
              "%s %d %s"
                  .formatted(
                      Path.of(block.source()).getFileName(),
                      block.offset(i),
                      new String(block.raw(i).payload(), StandardCharsets.UTF_8)));
        }
      }
    }
    return records;
  }
}
