/**
 * The edge to Kafka. {@link dev.millrace.io.kafka.KafkaConnection} says where a cluster is and how
 * to get into it, with secrets by reference.
 */
package dev.millrace.io.kafka;
