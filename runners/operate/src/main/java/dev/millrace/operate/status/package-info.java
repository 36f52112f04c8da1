/**
 * Which partitions of an output are published, staged, running, failed or missing, and which are
 * late: by what lies on the disk, and by what a ledger adds. Start with {@link
 * dev.millrace.operate.status.PartitionStatuses}.
 */
package dev.millrace.operate.status;
