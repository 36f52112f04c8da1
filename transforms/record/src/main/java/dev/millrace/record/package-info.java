/**
 * The nouns that travel between stages, and their coders.
 *
 * <p>A {@link dev.millrace.record.RawBlock} of raw records enters; decoding makes {@link
 * dev.millrace.record.Record}s of it or {@link dev.millrace.record.Rejected}s, which an {@link
 * dev.millrace.record.Outcome} holds apart. A {@link dev.millrace.record.Tally} says what became of
 * records, and a {@link dev.millrace.record.WrittenFile} where they are; a run that goes on
 * publishes these by {@link dev.millrace.record.Commit}, as its {@link
 * dev.millrace.record.CommitSchedule} says. Start with {@link dev.millrace.record.Record}.
 *
 * <p>Coders here are hand-written and have golden bytes: a change of format is a change that
 * running jobs cannot restore from, and a test says so. They never fail on a record's content,
 * since Beam cannot catch what a coder throws.
 */
package dev.millrace.record;
