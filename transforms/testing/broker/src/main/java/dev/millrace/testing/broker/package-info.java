/**
 * For tests that need a broker: {@link dev.millrace.testing.broker.KafkaBroker} starts Kafka in the
 * process, {@link dev.millrace.testing.broker.SharedBroker} hands one to all tests.
 */
package dev.millrace.testing.broker;
