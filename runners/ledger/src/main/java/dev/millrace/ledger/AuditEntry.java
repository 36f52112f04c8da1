package dev.millrace.ledger;

/**
 * One check of an audit.
 *
 * @param check its name
 * @param passed whether the data passed it
 * @param finding what it found, in a sentence
 */
public record AuditEntry(String check, boolean passed, String finding) {}
