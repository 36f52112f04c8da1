package dev.millrace.stages.decode;

import dev.millrace.record.Record;

/** What records keep of what they were decoded from. */
enum Kept {
  NOTHING,
  /** What messages have beside their values. */
  ENVELOPES,
  /** The bytes as they came, with their envelopes. */
  ORIGINALS;

  /** The record that was read last, with that. */
  Record of(RecordDecoder decoder) {
    return switch (this) {
      case NOTHING -> decoder.record();
      case ENVELOPES -> decoder.recordWithEnvelope();
      case ORIGINALS -> decoder.recordWithOriginal();
    };
  }
}
