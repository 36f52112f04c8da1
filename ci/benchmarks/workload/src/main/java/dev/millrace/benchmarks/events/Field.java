package dev.millrace.benchmarks.events;

import java.util.EnumSet;
import java.util.Set;

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

  private static final Set<Field> DISPENSABLE =
      EnumSet.of(SESSION_ID, REFERRER, USER_AGENT, SIGNED_IN, CAMPAIGN);

  /** The member's start: a comma unless it is the first, the name and the colon. */
  final byte[] start;

  private final String key;

  Field(String separator, String key) {
    this.start = Ascii.of(separator + '"' + key + "\":");
    this.key = key;
  }

  /** The name, as it is in JSON and in the contract. */
  String key() {
    return key;
  }

  /** Whether the job can do without it. */
  boolean isDispensable() {
    return DISPENSABLE.contains(this);
  }
}
