/**
 * Re-runs dated slices of jobs: plans them, runs them in worker processes, a few at a time, and
 * keeps the ledger, so that what was killed goes on with what is not published.
 *
 * <p>{@link dev.millrace.operate.backfill.SlicePlanner} says which slices are to be run, {@link
 * dev.millrace.operate.backfill.BackfillRun} runs them, each in a {@link
 * dev.millrace.operate.backfill.Worker}.
 */
package dev.millrace.operate.backfill;
