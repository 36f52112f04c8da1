/**
 * Flink as an {@link dev.millrace.launch.Engine}: embedded in this process unless {@code
 * --flinkMaster} names a cluster. Start with {@link dev.millrace.flink.FlinkEngine}, which explains
 * each option of the profile.
 */
package dev.millrace.flink;
