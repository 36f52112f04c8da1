/**
 * What happens after a pipeline has written its staging folder: audit and publish.
 *
 * <p>A {@link dev.millrace.launch.StagedRun} enters. {@link
 * dev.millrace.operate.publish.PublishRun} audits it: every record that was read must be accounted
 * for, and every file must be the one that the manifest lists. A run that passes is published, each
 * partition whole and by one rename; a run that doesn't stays in staging, and nothing that a reader
 * sees has changed. Either way a {@link dev.millrace.operate.report.RunReport} leaves.
 *
 * <p>A run can also be left staged, compared with what is published ({@link
 * dev.millrace.operate.publish.DiffStaged}), and published later or elsewhere ({@link
 * dev.millrace.operate.publish.PublishStaged}); {@link dev.millrace.operate.publish.Rollback}
 * brings back what a publish has replaced. {@link dev.millrace.operate.publish.CommittedRuns} adds
 * up what was published by runs that go on.
 *
 * <p>A failed audit is a result, whose checks say why. What fails with an exception is the disk:
 * {@link dev.millrace.operate.publish.PublishException}, after all has been put back. Folders are
 * local, and staging, output and quarantine on one file system, since a rename is what makes a
 * publish whole.
 */
package dev.millrace.operate.publish;
