package dev.millrace.record;

/**
 * One way in which a record breaks its contract.
 *
 * @param reason what kind of violation it is
 * @param path the field, as the record names it; empty if it is the record as a whole
 * @param rule the rule as the contract has it, such as {@code maximum: 720}; empty without one
 * @param message one line for people: what was found and what was expected
 */
public record Violation(RejectReason reason, String path, String rule, String message) {}
