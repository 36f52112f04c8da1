package dev.millrace.stages.contract;

import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import java.io.Serializable;

/**
 * One rule of a field, in words.
 *
 * @param reason what breaking it counts as
 * @param text as the contract has it: {@code maximum: 720}
 * @param expected what it asks for, to follow "expected" in a message: {@code at most 720}
 */
record Rule(RejectReason reason, String text, String expected) implements Serializable {

  /** A rule of the file: its key and its value. */
  static Rule of(RejectReason reason, String key, String value, String expected) {
    return new Rule(reason, key + ": " + value, expected);
  }

  /** The violation of a value found at a field. */
  Violation brokenBy(String path, String found) {
    return new Violation(reason, path, text, "Found " + found + ", expected " + expected);
  }
}
