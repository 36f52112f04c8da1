/**
 * {@code ingest}: records from files into tables that people trust. {@link
 * dev.millrace.pipelines.ingest.Ingest} is the story; start reading there.
 */
package dev.millrace.pipelines.ingest;
