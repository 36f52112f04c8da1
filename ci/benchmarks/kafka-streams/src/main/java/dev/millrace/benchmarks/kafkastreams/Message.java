package dev.millrace.benchmarks.kafkastreams;

import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.Rejection;

/**
 * What a message is: an event, or what is wrong with it.
 *
 * @param event the event, or null
 * @param rejection what is wrong, or null
 */
record Message(Event event, Rejection rejection) {

  boolean isEvent() {
    return event != null;
  }
}
