package dev.millrace.operate.draft;

/**
 * A drafted contract.
 *
 * @param records how many records keep it
 * @param unreadable how many others are no records in the format of their file
 * @param yaml the document; ends with a line feed
 */
public record ContractDraft(String name, long records, long unreadable, String yaml) {}
