/**
 * Actions on pipelines and on what they publish, each with counted results; a package for each, and
 * here what they have in common: what a run has come to, and how its folders and figures look.
 *
 * <ul>
 *   <li>{@link dev.millrace.operate.publish} audits what a run has staged, and publishes it: start
 *       with {@link dev.millrace.operate.publish.PublishRun}. {@link dev.millrace.operate.report}
 *       shows what came of it, {@link dev.millrace.operate.run} keeps it in the ledger.
 *   <li>{@link dev.millrace.operate.backfill} runs dated slices, {@link dev.millrace.operate.input}
 *       waits for what they read, and {@link dev.millrace.operate.status} says which partitions are
 *       there.
 *   <li>{@link dev.millrace.operate.diff} compares rows, and {@link dev.millrace.operate.parity}
 *       the answers that a job gives on each engine.
 *   <li>{@link dev.millrace.operate.draft} and {@link dev.millrace.operate.trial} come before any
 *       run: they draft a contract from records, and say what one would reject.
 * </ul>
 */
package dev.millrace.operate;
