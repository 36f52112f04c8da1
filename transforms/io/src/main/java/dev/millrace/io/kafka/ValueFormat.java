package dev.millrace.io.kafka;

import dev.millrace.record.BlockHeader;
import java.io.Serializable;

/** How the values of messages are written. */
interface ValueFormat extends Serializable {
  /** JSON, which needs no header. */
  ValueFormat JSON = value -> null;

  /** What is needed to understand a value; null for nothing. */
  BlockHeader headerOf(byte[] value);
}
