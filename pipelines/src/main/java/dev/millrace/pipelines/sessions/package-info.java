/**
 * {@code sessions}: the stages of {@code ingest} composed otherwise. Windows are sessions of a key,
 * and a summary of each day is SQL over their rows. {@link
 * dev.millrace.pipelines.sessions.Sessions} is the story; start reading there.
 */
package dev.millrace.pipelines.sessions;
