package dev.millrace.stages.decode;

import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What became of one record: either is null. */
record Decoded(Record passed, Rejected rejected) {

  static Decoded of(Contract contract, String json) {
    return of(new JsonRecordDecoder(contract), json.getBytes(StandardCharsets.UTF_8));
  }

  /** Decodes a record that is not the first of its source. */
  static Decoded of(RecordDecoder decoder, byte[] json) {
    return of(decoder, RawBlock.of(new RawRecord("source", 100, json)));
  }

  static Decoded of(RecordDecoder decoder, RawBlock block) {
    return decoder.read(block, 0)
        ? new Decoded(decoder.record(), null)
        : new Decoded(null, decoder.rejected());
  }

  /** All that is wrong with the record, one line each: reason, path, message. */
  List<String> violations() {
    return rejected == null
        ? List.of()
        : rejected.violations().stream().map(Decoded::line).toList();
  }

  private static String line(Violation violation) {
    return "%s %s: %s".formatted(violation.reason(), violation.path(), violation.message());
  }
}
