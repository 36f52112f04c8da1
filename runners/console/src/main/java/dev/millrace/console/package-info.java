/**
 * The command line: one class a verb, and {@link dev.millrace.console.Millrace}, which holds them
 * together and turns what they throw into one line and an exit code.
 *
 * <p>Verbs load nothing of Beam until they work, so that help is there at once.
 */
package dev.millrace.console;
