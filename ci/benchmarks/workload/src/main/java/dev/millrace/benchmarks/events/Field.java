package dev.millrace.benchmarks.events;

/** The fields of an event, in the order in which they are written. */
@SuppressWarnings("ImmutableEnumChecker") // nothing writes to the arrays
enum Field {
  ID("", "id"),
  EVENT_TIME(",", "event_time"),
  USER_ID(",", "user_id"),
  SESSION_ID(",", "session_id"),
  TYPE(",", "type"),
  COUNTRY(",", "country"),
  DEVICE(",", "device"),
  PAGE(",", "page"),
  REFERRER(",", "referrer"),
  USER_AGENT(",", "user_agent"),
  AMOUNT(",", "amount"),
  QUANTITY(",", "quantity"),
  DURATION_MS(",", "duration_ms"),
  SIGNED_IN(",", "signed_in"),
  CAMPAIGN(",", "campaign");

  /** The member's start: a comma unless it is the first, the name and the colon. */
  final byte[] start;

  Field(String separator, String name) {
    this.start = Ascii.of(separator + '"' + name + "\":");
  }
}
