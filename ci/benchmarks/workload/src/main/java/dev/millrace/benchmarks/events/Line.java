package dev.millrace.benchmarks.events;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

/** The bytes of one line while it is written. */
final class Line {
  private static final byte[] BASE32 = Ascii.of("0123456789abcdefghjkmnpqrstvwxyz");
  private static final byte[] HEX = Ascii.of("0123456789abcdef");
  private static final long DAY = 86_400_000L;

  private byte[] bytes = new byte[1024];
  private int size;
  private long day = Long.MIN_VALUE;
  private byte[] date = {};

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Cuts the line off after its first bytes. */
  void truncate(int length) {
    size = length;
  }

  /** Puts another byte in the place of the first such byte. */
  void replaceFirst(char from, char to) {
    int at = 0;
    while (bytes[at] != from) {
      at++;
    }
    bytes[at] = (byte) to;
  }

  Line put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  Line put(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  /** A number, with zeros before it up to a width. */
  Line digits(long number, int width) {
    reserve(width);
    long rest = number;
    for (int i = size + width - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += width;
    return this;
  }

  /** A number that is not negative, without zeros before it. */
  Line number(long number) {
    int width = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      width++;
    }
    return digits(number, width);
  }

  /** 64 bits as 13 characters. */
  Line base32(long bits) {
    reserve(13);
    for (int shift = 60; shift >= 0; shift -= 5) {
      bytes[size++] = BASE32[(int) (bits >>> shift) & 31];
    }
    return this;
  }

  /** The lowest bits, four a character. */
  Line hex(long bits, int width) {
    reserve(width);
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(int) (bits >>> shift) & 15];
    }
    return this;
  }

  /** A time as ISO 8601 has it, in UTC, to the millisecond. */
  Line time(long millis) {
    long newDay = Math.floorDiv(millis, DAY);
    if (newDay != day) {
      day = newDay;
      date = Ascii.of(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate().toString());
    }
    int ofDay = (int) Math.floorMod(millis, DAY);
    put(date).put('T').digits(ofDay / 3_600_000, 2).put(':').digits(ofDay / 60_000 % 60, 2);
    put(':').digits(ofDay / 1000 % 60, 2).put('.').digits(ofDay % 1000, 3);
    return put('Z');
  }

  /** What is on the line, without its end. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes the line and its end. */
  void writeTo(OutputStream out) throws IOException {
    put('\n');
    out.write(bytes, 0, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
