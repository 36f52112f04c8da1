/**
 * The report of a run: {@link dev.millrace.operate.report.RunReport} has what a manifest and an
 * audit say, as JSON, as a page that needs nothing else, and as lines for a terminal.
 */
package dev.millrace.operate.report;
