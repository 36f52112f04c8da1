package dev.millrace.benchmarks.startup;

/**
 * One process of the launcher, from its start to its end.
 *
 * @param wallSeconds the time that passed
 * @param cpuSeconds the CPU time of the script and of Java
 * @param peakRssMiB the most memory that it held; -1 if the system can't say
 * @param counters what the Java machine counted
 * @param phases what the time went to
 */
record Start(
    double wallSeconds, double cpuSeconds, long peakRssMiB, JvmCounters counters, Phases phases) {}
