/**
 * For the tests of those who build pipelines: {@link dev.millrace.testing.PipelineExtension} gives
 * a JUnit 5 test its pipeline and fails it if that is never run, {@link
 * dev.millrace.testing.RecordMatchers} are Hamcrest matchers of records and rejects, and {@link
 * dev.millrace.testing.Elements} puts matchers on the elements of a collection.
 */
package dev.millrace.testing;
