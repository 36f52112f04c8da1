package dev.millrace.benchmarks.stream;

/**
 * A backlog that was worked off. What is called warm is the second half of it.
 *
 * @param messages the messages of the backlog
 * @param wallSeconds from the first event that the broker took to the last
 * @param warmWallSeconds the same of the warm half
 * @param cpuSeconds the CPU time of the process from its start to its last event
 * @param warmCpuSeconds the same of the warm half
 * @param peakRssMiB the most memory that the process has held
 * @param checkpointBytes the size of a checkpoint that was begun and completed after the last
 *     event; {@link #NO_CHECKPOINT} for what has none
 */
record Saturation(
    long messages,
    double wallSeconds,
    double warmWallSeconds,
    double cpuSeconds,
    double warmCpuSeconds,
    long peakRssMiB,
    long checkpointBytes) {
  /** In place of a size, for what has no checkpoints. */
  static final long NO_CHECKPOINT = -1;

  private static final double MIB = 1 << 20;

  /** In MiB; NaN if there is none. */
  double checkpointMiB() {
    return checkpointBytes == NO_CHECKPOINT ? Double.NaN : checkpointBytes / MIB;
  }

  double perSecond() {
    return messages / wallSeconds;
  }

  double warmPerSecond() {
    return messages / 2.0 / warmWallSeconds;
  }

  double cpuMicros() {
    return cpuSeconds * 1e6 / messages;
  }

  double warmCpuMicros() {
    return warmCpuSeconds * 1e6 / (messages / 2.0);
  }
}
