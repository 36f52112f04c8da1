package dev.millrace.stages.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import java.util.Arrays;

/** A record of CSV under a header, which is what comes before the first newline. */
class CsvFuzzTest {
  private final CsvRecordDecoder decoder = new CsvRecordDecoder(FuzzedContract.KEEPING);

  @FuzzTest(maxDuration = "2m")
  void readsWhatIsCsvAndRejectsTheRest(byte[] file) {
    int newline = 0;
    while (newline < file.length && file[newline] != '\n') {
      newline++;
    }
    byte[] header = Arrays.copyOf(file, newline);
    byte[] record = Arrays.copyOfRange(file, Math.min(file.length, newline + 1), file.length);
    Judge.read(
        decoder,
        RawBlock.of(new RawRecord("source", 100, record))
            .withHeader(new CsvHeader(CsvDialect.RFC_4180, header)));
  }
}
