/**
 * An event as plain Java has it: a class for Jackson to fill, a reader as strict as the contract,
 * the contract's rules by hand, and the rows that come of it. What is written by hand for Flink or
 * for Kafka Streams is made of these.
 */
package dev.millrace.benchmarks.plain;
