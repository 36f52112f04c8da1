/**
 * Event time: {@link dev.millrace.stages.window.SelectInterval} keeps a slice, {@link
 * dev.millrace.stages.window.SplitLate} sets apart what came too late, {@link
 * dev.millrace.stages.window.Windows} assigns windows from a word such as {@code 1h}, and {@link
 * dev.millrace.stages.window.Aggregate} computes a record a group and window; {@link
 * dev.millrace.stages.window.SplitPanes} finds the last one, where windows give several.
 *
 * <p>No record is dropped here: what is not inside is outside, what is not on time is late. Late
 * records are set apart before windows, because windows drop them.
 */
package dev.millrace.stages.window;
