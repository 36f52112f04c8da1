package dev.millrace.io.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.io.files.FileFormat;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.RawBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A file of each format of text: its records are the same however large the blocks are. */
class FramingFuzzTest {
  private static final int MAX_BYTES = 1 << 16;
  private static final List<FileFormat> TEXTS =
      List.of(FileFormat.NDJSON, FileFormat.CSV, FileFormat.JSON);

  @FuzzTest(maxDuration = "2m")
  void findsTheSameRecordsWhateverTheBlock(byte[] file) {
    for (FileFormat format : TEXTS) {
      List<String> records = read(format, file, MAX_BYTES);
      assertEquals(records, read(format, file, 3), format.name());
      assertEquals(records, read(format, file, 7), format.name());
    }
  }

  /** Every record; of a file that can't be read, why. */
  private static List<String> read(FileFormat format, byte[] file, int blockBytes) {
    List<String> records = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(file);
    RawBlocks blocks =
        switch (format) {
          case NDJSON -> new LineBlocks(in, "f", 0, Long.MAX_VALUE, blockBytes, MAX_BYTES);
          case CSV -> framed(in, new CsvFraming(CsvDialect.RFC_4180), blockBytes);
          case JSON -> framed(in, new JsonArrayFraming(), blockBytes);
          default -> throw new IllegalArgumentException("Invalid format: " + format);
        };
    try {
      long end = 0;
      for (RawBlock block = blocks.next(); block != null; block = blocks.next()) {
        for (int i = 0; i < block.size(); i++) {
          assertTrue(block.offset(i) >= end && block.start(i) <= block.end(i));
          end = block.offset(i) + block.end(i) - block.start(i);
          records.add(block.offset(i) + "-" + end);
        }
      }
    } catch (IOException e) {
      return List.of(e.getMessage());
    }
    return records;
  }

  private static RawBlocks framed(InputStream in, Framing framing, int blockBytes) {
    return new FramedBlocks(in, "f", framing, blockBytes, MAX_BYTES);
  }
}
