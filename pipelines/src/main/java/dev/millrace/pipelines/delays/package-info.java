/**
 * {@code delays}: a whole pipeline in one method, to be copied. {@link
 * dev.millrace.pipelines.delays.Delays} is what the README shows.
 */
package dev.millrace.pipelines.delays;
