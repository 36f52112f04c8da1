package dev.millrace.operate.report;

import dev.millrace.quarantine.QuarantineReader;
import dev.millrace.quarantine.QuarantinedRecord;
import dev.millrace.record.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A few rejected records of each reason, as they lie in the quarantine. */
final class RejectExamples {
  private static final int OF_A_REASON = 3;

  private RejectExamples() {}

  /** The first records of each of the reasons, by the code of the reason. */
  static SortedMap<String, List<Rejected>> of(Iterable<String> reasons, Path quarantine)
      throws IOException {
    SortedMap<String, List<Rejected>> examples = new TreeMap<>();
    for (String reason : reasons) {
      Path folder = quarantine.resolve("reason=" + reason);
      if (Files.isDirectory(folder)) {
        try (Stream<QuarantinedRecord> records = QuarantineReader.read(folder)) {
          examples.put(
              reason, records.limit(OF_A_REASON).map(QuarantinedRecord::rejected).toList());
        }
      }
    }
    return examples;
  }
}
