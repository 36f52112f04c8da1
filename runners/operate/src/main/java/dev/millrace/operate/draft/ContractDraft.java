package dev.millrace.operate.draft;

import java.util.Optional;

/**
 * A drafted contract.
 *
 * @param records how many records keep it
 * @param unreadable how many others are no records in the format of their file
 * @param eventTimeField the field that most likely says when a record happened, if one could
 * @param yaml the document; ends with a line feed
 */
public record ContractDraft(
    String name, long records, long unreadable, Optional<String> eventTimeField, String yaml) {}
