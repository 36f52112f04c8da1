/**
 * A local stack to develop against: one Kafka broker, and the cluster of each engine that has one,
 * in processes of their own that bind to the loopback address alone.
 *
 * <p>{@link dev.millrace.dev.LocalStack} starts, looks at and ends them; a {@link
 * dev.millrace.dev.Component} says how one of them is configured and started, and when it answers.
 * The broker's is here; those of an engine's cluster come from an {@link
 * dev.millrace.dev.EngineCluster} on the class path, because only engines name an engine.
 *
 * <p>Everything that a stack remembers or writes is in one folder. A request that contradicts it is
 * an {@link java.lang.IllegalArgumentException} and changes nothing; a process that can't be
 * started or ended is a {@link dev.millrace.dev.StackException}, which names its log.
 */
package dev.millrace.dev;
