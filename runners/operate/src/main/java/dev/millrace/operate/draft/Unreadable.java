package dev.millrace.operate.draft;

import dev.millrace.record.RawBlock;

/** What could not be read: how many records, and the first of them. */
final class Unreadable {
  private long count;
  private String first = "";

  void add(RawBlock block, int index, UnreadableException e) {
    if (count++ == 0) {
      first = "%s @ %s: %s".formatted(block.source(), block.offset(index), e.getMessage());
    }
  }

  long count() {
    return count;
  }

  /** The place of the first one, and what is wrong with it. */
  String first() {
    return first;
  }

  /** Why there is no record. */
  String reason() {
    return count == 0
        ? "there is no record"
        : "none of %s records can be read, the first at %s".formatted(count, first);
  }
}
