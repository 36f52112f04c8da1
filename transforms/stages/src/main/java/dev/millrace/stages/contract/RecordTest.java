package dev.millrace.stages.contract;

import dev.millrace.record.Record;
import java.io.Serializable;

/** Whether a rule counts a record. */
interface RecordTest extends Serializable {
  boolean counts(Record record);
}
