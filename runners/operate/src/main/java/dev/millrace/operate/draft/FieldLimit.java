package dev.millrace.operate.draft;

/** Keeps data whose names are values from becoming a contract of as many fields. */
final class FieldLimit {
  static final int MOST_FIELDS = 10_000;

  private int fields;

  void add(String name) {
    if (++fields > MOST_FIELDS) {
      throw new IllegalArgumentException(
          "Cannot draft a contract: there are more than %s fields, the last one %s"
              .formatted(MOST_FIELDS, name));
    }
  }
}
