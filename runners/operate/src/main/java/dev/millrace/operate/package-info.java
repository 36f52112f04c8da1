/**
 * What happens after a pipeline has written its staging folder: audit, publish, report.
 *
 * <p>A {@link dev.millrace.launch.StagedRun} enters. {@link dev.millrace.operate.PublishRun} audits
 * it: every record that was read must be accounted for, and every file must be the one that the
 * manifest lists. A run that passes is published, each partition whole and by one rename; a run
 * that doesn't stays in staging, and nothing that a reader sees has changed. Either way a {@link
 * dev.millrace.operate.RunReport} leaves, as JSON, as a page and as lines for a terminal. Start
 * with {@link dev.millrace.operate.PublishRun}.
 *
 * <p>A run can also be left staged, compared with what is published ({@link
 * dev.millrace.operate.DiffStaged}), and published later or elsewhere ({@link
 * dev.millrace.operate.PublishStaged}); {@link dev.millrace.operate.Rollback} brings back what a
 * publish has replaced.
 *
 * <p>{@link dev.millrace.operate.TryContract} is an action before any run: it says what a contract
 * would reject of files; {@link dev.millrace.operate.draft.DraftContract} drafts one from them.
 *
 * <p>A failed audit is a result, whose checks say why. What fails with an exception is the disk:
 * {@link dev.millrace.operate.PublishException}, after all has been put back. Folders are local,
 * and staging, output and quarantine on one file system, since a rename is what makes a publish
 * whole.
 */
package dev.millrace.operate;
