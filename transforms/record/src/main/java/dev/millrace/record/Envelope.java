package dev.millrace.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a message of a topic has beside its value: when it was published, its key and its headers,
 * as they came. Records of files have none. Immutable; the arrays are shared and to be read only.
 */
public final class Envelope {
  /** Offset, publish time and whether there is a value come first: they are read in place. */
  private static final int TOMBSTONE_AT = 8 + 8;

  private static final int FIXED_LENGTH = TOMBSTONE_AT + 1 + 4 + 4 + 4;
  private static final long UNKNOWN_TIME = -1;

  /** Stands for an array that isn't there, which is not the same as an empty one. */
  private static final int ABSENT = -1;

  /**
   * A header: names may repeat, and mean something in their order.
   *
   * @param value null if the header has none
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
  public record Header(String name, byte[] value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Header that
          && name.equals(that.name)
          && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(value);
    }
  }

  private final long publishedMillis;
  private final byte[] key;
  private final List<Header> headers;
  private final boolean tombstone;

  /**
   * An envelope.
   *
   * @param publishedMillis when the message was published, negative if that is not known
   * @param key null if it has none
   * @param tombstone whether the message has no value, rather than an empty one
   */
  Envelope(long publishedMillis, byte[] key, List<Header> headers, boolean tombstone) {
    this.publishedMillis = Math.max(publishedMillis, UNKNOWN_TIME);
    this.key = key;
    this.headers = List.copyOf(headers);
    this.tombstone = tombstone;
  }

  /** That of a message with a value. */
  public static Envelope of(OptionalLong publishedMillis, byte[] key, List<Header> headers) {
    return new Envelope(publishedMillis.orElse(UNKNOWN_TIME), key, headers, false);
  }

  /** That of a message without a value, which deletes its key where topics are compacted. */
  public static Envelope ofTombstone(
      OptionalLong publishedMillis, byte[] key, List<Header> headers) {
    return new Envelope(publishedMillis.orElse(UNKNOWN_TIME), key, headers, true);
  }

  /** When the producer or the broker says that it was published, in milliseconds since 1970. */
  public OptionalLong publishedMillis() {
    return publishedMillis == UNKNOWN_TIME
        ? OptionalLong.empty()
        : OptionalLong.of(publishedMillis);
  }

  /** The key; a message need not have one. */
  public Optional<byte[]> key() {
    return Optional.ofNullable(key);
  }

  /** The headers in their order. */
  public List<Header> headers() {
    return headers;
  }

  /** Whether the message has no value, rather than an empty one. */
  public boolean isTombstone() {
    return tombstone;
  }

  /**
   * The bytes: offset, publish time, a one if there is no value, key, number of headers, name and
   * value of each, length of all of this. Lengths take four bytes, -1 for what isn't there.
   */
  byte[] encode(long offset) {
    int length = FIXED_LENGTH + lengthOf(key);
    byte[][] names = new byte[headers.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = headers.get(i).name.getBytes(StandardCharsets.UTF_8);
      length += 4 + names[i].length + 4 + lengthOf(headers.get(i).value);
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putLong(offset).putLong(publishedMillis).put((byte) (tombstone ? 1 : 0));
    put(key, out);
    out.putInt(names.length);
    for (int i = 0; i < names.length; i++) {
      put(names[i], out);
      put(headers.get(i).value, out);
    }
    return out.putInt(length).array();
  }

  /** Reads the envelope that is encoded from here on. */
  static Envelope decode(byte[] bytes, int start) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(start + 8);
    long published = in.getLong();
    boolean tombstone = in.get() == 1;
    byte[] key = take(in);
    List<Header> headers = new ArrayList<>();
    for (int count = in.getInt(); count > 0; count--) {
      headers.add(new Header(new String(take(in), StandardCharsets.UTF_8), take(in)));
    }
    return new Envelope(published, key, headers, tombstone);
  }

  static long offset(byte[] bytes, int start) {
    return Bytes.longAt(bytes, start);
  }

  /** When the message was published whose envelope is encoded from here on. */
  static OptionalLong publishedMillis(byte[] bytes, int start) {
    long published = Bytes.longAt(bytes, start + 8);
    return published == UNKNOWN_TIME ? OptionalLong.empty() : OptionalLong.of(published);
  }

  static boolean isTombstone(byte[] bytes, int start) {
    return bytes[start + TOMBSTONE_AT] == 1;
  }

  /** The length of the envelope that ends here. */
  static int lengthBefore(byte[] bytes, int end) {
    return ByteBuffer.wrap(bytes).getInt(end - 4);
  }

  private static int lengthOf(byte[] array) {
    return array == null ? 0 : array.length;
  }

  private static void put(byte[] array, ByteBuffer out) {
    if (array == null) {
      out.putInt(ABSENT);
    } else {
      out.putInt(array.length).put(array);
    }
  }

  private static byte[] take(ByteBuffer in) {
    int length = in.getInt();
    if (length == ABSENT) {
      return null;
    }
    byte[] array = new byte[length];
    in.get(array);
    return array;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && publishedMillis == that.publishedMillis
        && Arrays.equals(key, that.key)
        && headers.equals(that.headers)
        && tombstone == that.tombstone;
  }

  @Override
  public int hashCode() {
    return Objects.hash(publishedMillis, Arrays.hashCode(key), headers, tombstone);
  }

  @Override
  public String toString() {
    return "key of %d bytes, %d headers".formatted(lengthOf(key), headers.size());
  }
}
