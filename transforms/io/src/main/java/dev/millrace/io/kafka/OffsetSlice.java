package dev.millrace.io.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The messages of a partition from an offset, up to one that is not among them. */
record OffsetSlice(int partition, long from, long to) implements Serializable {
  /** How many offsets there are; not all need to have a message. */
  long size() {
    return to - from;
  }

  boolean isEmpty() {
    return from >= to;
  }

  /** The slice in parts of about so many offsets. */
  List<OffsetSlice> cut(long offsets) {
    long parts = Math.max(1, size() / offsets);
    List<OffsetSlice> cut = new ArrayList<>();
    long start = from;
    for (long part = 1; part <= parts; part++) {
      long end = from + size() / parts * part + Math.min(part, size() % parts);
      cut.add(new OffsetSlice(partition, start, end));
      start = end;
    }
    return cut;
  }
}
