/**
 * For the tests of those who build pipelines: {@link dev.millrace.testing.PipelineExtension} gives
 * a JUnit 5 test its pipeline and fails it if that is never run, {@link
 * dev.millrace.testing.RecordMatchers} are Hamcrest matchers of records and rejects, {@link
 * dev.millrace.testing.Elements} puts matchers on the elements of a collection, and {@link
 * dev.millrace.testing.SmallDisk} is a disk that is full when a test wants it to be.
 */
package dev.millrace.testing;
