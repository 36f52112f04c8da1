/**
 * The referential check: {@link dev.millrace.stages.refer.ReferTo} takes records whose fields name
 * things that are listed elsewhere, such as the airports of a flight, and rejects those that name
 * what is not listed. Where the list comes from is not known here: it is a {@code PCollection} of
 * values, or of versions of all values where the list changes while records come.
 */
package dev.millrace.stages.refer;
