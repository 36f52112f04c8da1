/**
 * Counts of what becomes of records, as data that flow beside them: {@link
 * dev.millrace.stages.quality.TallyRecords}, {@link dev.millrace.stages.quality.TallyBlocks} and
 * {@link dev.millrace.stages.quality.TallyRejects}.
 *
 * <p>Counting is per bundle: a count of many records is one element. Counts leave in the global
 * window. Bounded, there is one element for each {@link dev.millrace.record.Tally}; unbounded, each
 * element is an increment, to be added up where it is kept. Nothing fails here.
 */
package dev.millrace.stages.quality;
