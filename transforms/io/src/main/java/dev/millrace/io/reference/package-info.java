/**
 * The values that records may refer to, such as the codes of airports: a column of a file, which
 * {@link dev.millrace.io.reference.ReadReference} reads once, and {@link
 * dev.millrace.io.reference.RefreshReference} again when it has changed.
 */
package dev.millrace.io.reference;
