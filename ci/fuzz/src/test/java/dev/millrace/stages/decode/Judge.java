package dev.millrace.stages.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;

/** What must hold of a decoder, whatever it is given. */
final class Judge {
  private Judge() {}

  /** Reads a record twice, and gives it if it passes; a reject says what is wrong in one line. */
  static Record read(RecordDecoder decoder, RawBlock block) {
    boolean passed = decoder.read(block, 0);
    if (passed) {
      Record record = decoder.record();
      assertTrue(decoder.read(block, 0));
      assertEquals(record, decoder.record());
      return record;
    }
    Rejected rejected = decoder.rejected();
    assertFalse(decoder.read(block, 0));
    assertEquals(rejected, decoder.rejected());
    assertEquals(block.raw(0), rejected.raw());
    for (Violation violation : rejected.violations()) {
      assertEquals(1, violation.message().lines().count(), violation.message());
    }
    return null;
  }
}
