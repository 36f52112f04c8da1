/**
 * What a contract would reject of files, without a run: {@link
 * dev.millrace.operate.trial.TryContract} counts it, with examples of each rule.
 */
package dev.millrace.operate.trial;
