/**
 * {@code ingest}: records from files into tables that people trust. {@link
 * dev.millrace.pipelines.ingest.Ingest} is the story; start reading there. {@code IngestInput}
 * reads where records come from, {@code IngestSinks} where they are sent to beside the run's own
 * files.
 */
package dev.millrace.pipelines.ingest;
