package dev.millrace.ledger;

/**
 * What became of records. {@code read} is the sum of the others where an audit has passed; here
 * nothing is added up.
 */
public record Counts(
    long read, long published, long rejected, long duplicates, long late, long filtered) {}
