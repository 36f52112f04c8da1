/**
 * What happened, in SQL: facts about runs, publishes, backfills and leases, for those who run
 * pipelines and those who look at them. Nothing here knows a pipeline, or does anything about what
 * it stores.
 *
 * <p>Start with {@link dev.millrace.ledger.Ledger}, opened at a {@link
 * dev.millrace.ledger.LedgerLocation}. Entries are records, written and read back as they were.
 *
 * <p>Two failures are for callers to tell apart: {@link dev.millrace.ledger.LedgerException}, if
 * the database is away, full, damaged or of a newer version; and {@link
 * dev.millrace.ledger.OverlapException}, if a backfill would do what another one is doing. Wrong
 * ids and states are an {@link java.lang.IllegalArgumentException} or {@link
 * java.lang.IllegalStateException}.
 */
package dev.millrace.ledger;
