/**
 * The peer that is Kafka Streams: the job that goes on, as a competent engineer writes it with its
 * DSL and, where that has no word for it, with processors. {@link
 * dev.millrace.benchmarks.kafkastreams.KafkaStreamsJob} is the story.
 */
package dev.millrace.benchmarks.kafkastreams;
