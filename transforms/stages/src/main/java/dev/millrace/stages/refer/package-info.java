/**
 * The referential check: {@link dev.millrace.stages.refer.ReferTo} takes records whose fields name
 * things that are listed elsewhere, such as the airports of a flight, and rejects those that name
 * what is not listed. Where the list comes from is not known here: it is a {@code PCollection} of
 * values.
 */
package dev.millrace.stages.refer;
