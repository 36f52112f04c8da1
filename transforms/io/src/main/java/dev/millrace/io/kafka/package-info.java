/**
 * The edge to Kafka. {@link dev.millrace.io.kafka.KafkaConnection} says where a cluster is and how
 * to get into it, with secrets by reference; {@link dev.millrace.io.kafka.ReadKafka} and {@link
 * dev.millrace.io.kafka.ReadKafkaSlice} read topics, {@link dev.millrace.io.kafka.WriteKafka} and
 * {@link dev.millrace.io.kafka.WriteDeadLetters} write them. {@link
 * dev.millrace.io.kafka.SchemaRegistry} is where the schemas of Avro are.
 */
package dev.millrace.io.kafka;
