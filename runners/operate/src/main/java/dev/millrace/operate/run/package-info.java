/**
 * A run and its entry in the ledger, from the lease on its interval to what it published: {@link
 * dev.millrace.operate.run.RecordedRun}.
 */
package dev.millrace.operate.run;
