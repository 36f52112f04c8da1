package dev.millrace.benchmarks.events;

/**
 * Random numbers that depend on a row number only (SplitMix64, started anew for every row), so that
 * any row can be made again without the rows before it.
 */
final class Dice {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long SEED = 0x4D696C6C72616365L;

  private long state;

  /** Starts the numbers of a row; the numbers of two streams of a row are unrelated. */
  void start(long row, int stream) {
    state = mix(SEED + row * GAMMA) ^ mix(stream + 1L);
  }

  /** The next 64 bits. */
  long next() {
    state += GAMMA;
    return mix(state);
  }

  /** The next number in {@code [0, bound)}. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** A bijection of 64 bits: different numbers stay different. */
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
