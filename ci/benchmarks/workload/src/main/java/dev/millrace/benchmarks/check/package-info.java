/** Whether what a contender wrote is what the workload's truth says that it must be. */
package dev.millrace.benchmarks.check;
