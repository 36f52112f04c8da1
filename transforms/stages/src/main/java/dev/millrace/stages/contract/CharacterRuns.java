package dev.millrace.stages.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The common kind of pattern, matched on the bytes of a text as they are: from {@code ^} to {@code
 * $} nothing but characters and classes of ASCII, each so many times, such as {@code ^[A-Z]{2}$} or
 * {@code ^u-\\d{6,}$}. One pass, without a way back: taking as many characters as a run can have is
 * right, because no run is followed by one that could take its characters instead.
 */
final class CharacterRuns implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So many times that no text has as many characters. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /** Characters of ASCII, each a bit of two words, at least and at most so many of them. */
  private record Run(long low, long high, int min, int max) implements Serializable {
    boolean takes(byte b) {
      return b >= 0 && ((b < 64 ? low >>> b : high >>> (b - 64)) & 1) != 0;
    }

    boolean sharesCharacters(Run other) {
      return (low & other.low) != 0 || (high & other.high) != 0;
    }
  }

  private final Run[] runs;

  private CharacterRuns(Run[] runs) {
    this.runs = runs;
  }

  /** The runs of a valid expression of ECMA-262, or null if it is of another kind. */
  static CharacterRuns of(String ecma) {
    if (!ecma.startsWith("^") || !ecma.endsWith("$") || ecma.length() < 2) {
      return null;
    }
    Run[] runs = new Reader(ecma.substring(1, ecma.length() - 1)).runs();
    return runs == null || isAmbiguous(runs) ? null : new CharacterRuns(runs);
  }

  private static boolean isAmbiguous(Run[] runs) {
    for (int i = 0; i < runs.length; i++) {
      boolean fixed = runs[i].min == runs[i].max;
      for (int next = i + 1; next < runs.length && !fixed; next++) {
        if (runs[i].sharesCharacters(runs[next])) {
          return true;
        }
        if (runs[next].min > 0) {
          break;
        }
      }
    }
    return false;
  }

  boolean match(byte[] utf8, int start, int length) {
    int at = start;
    int end = start + length;
    for (Run run : runs) {
      int limit = run.max < end - at ? at + run.max : end;
      int least = at + run.min;
      while (at < limit && run.takes(utf8[at])) {
        at++;
      }
      if (at < least) {
        return false;
      }
    }
    return at == end;
  }

  /** Reads what is between {@code ^} and {@code $}; null stands for what it doesn't know. */
  private static final class Reader {
    private static final String SPECIAL = "^$.|()[]{}*+?\\/";
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Run[] runs() {
      List<Run> runs = new ArrayList<>();
      while (at < text.length()) {
        BitSet characters = text.charAt(at) == '[' ? charactersOfClass() : character();
        int[] times = characters == null ? null : times();
        if (times == null) {
          return null;
        }
        long[] words = Arrays.copyOf(characters.toLongArray(), 2);
        runs.add(new Run(words[0], words[1], times[0], times[1]));
      }
      return runs.toArray(Run[]::new);
    }

    private BitSet character() {
      char c = text.charAt(at++);
      if (c == '\\') {
        return at < text.length() ? escaped(text.charAt(at++)) : null;
      }
      return c < 128 && SPECIAL.indexOf(c) < 0 ? only(c) : null;
    }

    private static BitSet escaped(char c) {
      return switch (c) {
        case 'd' -> characters("0-9");
        case 'w' -> characters("0-9A-Z_-_a-z");
        default -> SPECIAL.indexOf(c) >= 0 || c == '-' ? only(c) : null;
      };
    }

    /** Ranges, one after the other. */
    private static BitSet characters(String ranges) {
      BitSet set = new BitSet();
      for (int i = 0; i + 2 < ranges.length(); i += 3) {
        set.set(ranges.charAt(i), ranges.charAt(i + 2) + 1);
      }
      return set;
    }

    private static BitSet only(char c) {
      BitSet set = new BitSet();
      set.set(c);
      return set;
    }

    private BitSet charactersOfClass() {
      int end = text.indexOf(']', at);
      String inside = end < 0 ? "" : text.substring(at + 1, end);
      at = end + 1;
      // Escapes, and brackets and carets that stand for themselves, are left to the expression.
      if (inside.isEmpty() || !inside.chars().allMatch(c -> c < 128 && "\\[^&".indexOf(c) < 0)) {
        return null;
      }
      BitSet set = new BitSet();
      for (int i = 0; i < inside.length(); i++) {
        boolean range = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
        set.set(inside.charAt(i), inside.charAt(range ? i + 2 : i) + 1);
        i += range ? 2 : 0;
      }
      return set;
    }

    /** How often the last characters may come: once, or what the quantifier says. */
    private int[] times() {
      char c = at < text.length() ? text.charAt(at) : ' ';
      int[] times =
          switch (c) {
            case '*' -> new int[] {0, UNLIMITED};
            case '+' -> new int[] {1, UNLIMITED};
            case '?' -> new int[] {0, 1};
            case '{' -> counts();
            default -> new int[] {1, 1};
          };
      at += "*+?".indexOf(c) >= 0 ? 1 : 0;
      boolean reluctant = at < text.length() && text.charAt(at) == '?';
      return reluctant ? null : times;
    }

    private int[] counts() {
      int end = text.indexOf('}', at);
      String[] limits = end < 0 ? new String[0] : text.substring(at + 1, end).split(",", -1);
      at = end + 1;
      try {
        int min = Integer.parseInt(limits[0]);
        String max = limits[limits.length - 1];
        return new int[] {min, max.isEmpty() ? UNLIMITED : Integer.parseInt(max)};
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        return null;
      }
    }
  }
}
