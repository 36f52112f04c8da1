/** What dated slices cost against one run over all of them. */
package dev.millrace.benchmarks.backfill;
