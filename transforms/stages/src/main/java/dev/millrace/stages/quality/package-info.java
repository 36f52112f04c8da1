/**
 * Counts of what becomes of records, as data that flow beside them: {@link
 * dev.millrace.stages.quality.TallyRecords}, {@link dev.millrace.stages.quality.TallyBlocks},
 * {@link dev.millrace.stages.quality.TallyRejects} and {@link
 * dev.millrace.stages.quality.TallyMatches}.
 *
 * <p>Counting is per bundle: a count of many records is one element. Counts leave in the window of
 * what they count, as parts: several elements may have the same {@link dev.millrace.record.Tally},
 * and are to be added up where they are kept. They are shown as metrics, too, which forget at a
 * failover. Nothing fails here.
 */
package dev.millrace.stages.quality;
