package dev.millrace.benchmarks.events;

/**
 * A group of the aggregates.
 *
 * @param startMillis the start of its hour, in milliseconds since 1970
 */
public record HourGroup(long startMillis, String type, String country) {}
