package dev.millrace.stages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages inputs in the ways that parsers trip over; the same way for the same seed. */
public final class Mutations {
  private final Random random;
  private final List<byte[]> tokens;

  /** Mutations that insert some of these tokens, among others. */
  public Mutations(long seed, List<String> tokens) {
    this.random = new Random(seed);
    this.tokens = tokens.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** How many cases to try: {@code -Dfuzz.cases=1000000} for more than a build has time for. */
  public static int cases(int usual) {
    return Math.max(usual, Integer.getInteger("fuzz.cases", 0));
  }

  /** A copy of one of the inputs with one to four mutations. */
  public byte[] of(List<byte[]> inputs) {
    byte[] mutated = any(inputs);
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      mutated = once(mutated, inputs);
    }
    return mutated;
  }

  private byte[] once(byte[] input, List<byte[]> inputs) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + length());
    byte[] removed = new byte[0];
    return switch (random.nextInt(7)) {
      case 0 -> flipped(input);
      case 1 -> replaced(input, from, to, removed);
      case 2 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
      case 3 -> replaced(input, from, from, any(tokens));
      case 4 -> replaced(input, from, to, any(tokens));
      case 5 -> replaced(input, from, to, part(any(inputs)));
      default -> random.nextInt(8) == 0 ? Arrays.copyOf(input, from) : flipped(input);
    };
  }

  /** Mostly short, at times long. */
  private int length() {
    return 1 + (int) Math.pow(2, random.nextInt(7)) * random.nextInt(1, 3) / 2;
  }

  private byte[] flipped(byte[] input) {
    byte[] copy = input.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private byte[] part(byte[] input) {
    int from = random.nextInt(input.length + 1);
    return Arrays.copyOfRange(input, from, Math.min(input.length, from + length()));
  }

  private byte[] any(List<byte[]> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] with) {
    byte[] result = new byte[input.length - (to - from) + with.length];
    System.arraycopy(input, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(input, to, result, from + with.length, input.length - to);
    return result;
  }
}
