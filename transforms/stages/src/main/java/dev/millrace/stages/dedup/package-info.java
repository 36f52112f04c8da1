/**
 * Exact copies out, conflicts to the rejects: {@link dev.millrace.stages.dedup.DropDuplicates}.
 *
 * <p>Records enter in the global window; unique records, duplicates and conflicts leave, and every
 * record that entered is in one of the three. The bounded form sees a shard of records at once and
 * orders them by event time; the unbounded form remembers what it has seen for the horizon.
 */
package dev.millrace.stages.dedup;
