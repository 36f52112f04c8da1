package dev.millrace.chaos;

/** What must become of a record, as its producer knows before it sends it. */
enum Fate {
  /** It is in the table, the topic and the database, once each. */
  PUBLISHED,
  /** It is in the topic and the database, and its partition goes on: it isn't in the table yet. */
  OPEN,
  /** A copy of it was sent as well, and only one of the two is published. */
  DUPLICATE,
  /** It is in the table of those that came too late, and nowhere else. */
  LATE,
  /** It is in the quarantine and in the topic of dead letters, once each, with its bytes. */
  REJECTED
}
