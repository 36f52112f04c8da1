package dev.millrace.stages.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over one datum in Avro's binary encoding (Avro 1.12, "Binary Encoding"), which can only be
 * read by the schema that it was written with. What is not as told is {@link MalformedJson}.
 */
final class AvroCursor {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS_OF_LONG = 64;

  private byte[] in;
  private int at;
  private int end;

  /** Begins with another datum. */
  void begin(byte[] in, int start, int end) {
    this.in = in;
    this.at = start;
    this.end = end;
  }

  /** The array that is read. */
  byte[] array() {
    return in;
  }

  /** Where the last value ended in {@link #array()}. */
  int position() {
    return at;
  }

  /** Reads an int or a long: zigzag, seven bits a byte, the lowest first. */
  long number() throws MalformedJson {
    int start = at;
    long bits = 0;
    for (int shift = 0; shift < BITS_OF_LONG; shift += 7) {
      byte next = octet();
      bits |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new MalformedJson("Invalid integer", start);
  }

  /** Reads an int. */
  int int32() throws MalformedJson {
    int start = at;
    long number = number();
    if (number != (int) number) {
      throw new MalformedJson("Invalid integer of 32 bits", start);
    }
    return (int) number;
  }

  /** Reads which of so many branches or symbols it is. */
  int index(int size) throws MalformedJson {
    int start = at;
    long index = number();
    if (index < 0 || index >= size) {
      throw new MalformedJson("Invalid branch or symbol " + index + " of " + size, start);
    }
    return (int) index;
  }

  /** Reads a boolean. */
  boolean bool() throws MalformedJson {
    byte value = octet();
    if (value != 0 && value != 1) {
      throw new MalformedJson("Invalid boolean", at - 1);
    }
    return value == 1;
  }

  /** Reads a float. */
  float float32() throws MalformedJson {
    skip(Float.BYTES);
    return Float.intBitsToFloat((int) INTS.get(in, at - Float.BYTES));
  }

  /** Reads a double. */
  double float64() throws MalformedJson {
    skip(Double.BYTES);
    return Double.longBitsToDouble((long) LONGS.get(in, at - Double.BYTES));
  }

  /** Reads bytes, or a string; they are before {@link #position()}, as many as this gives. */
  int bytes() throws MalformedJson {
    int start = at;
    long length = number();
    if (length < 0) {
      throw new MalformedJson("Invalid length " + length, start);
    }
    skip(length);
    return (int) length;
  }

  /** Reads a string, which {@link #bytes()} gives the length of. */
  int text() throws MalformedJson {
    int length = bytes();
    Utf8.check(in, at - length, at);
    return length;
  }

  /** Reads how many items of an array or map come next; 0 at its end. */
  long items() throws MalformedJson {
    int start = at;
    long count = number();
    if (count < 0) {
      number(); // the bytes that they have, for who wants to skip them
      count = -count;
    }
    if (count < 0 || count > end - at) {
      throw new MalformedJson("More items than bytes", start);
    }
    return count;
  }

  /** Passes over so many bytes. */
  void skip(long bytes) throws MalformedJson {
    if (bytes > end - at) {
      throw new MalformedJson("Value beyond the end of the record", at);
    }
    at += (int) bytes;
  }

  /** Makes sure that nothing is left. */
  void expectEnd() throws MalformedJson {
    if (at != end) {
      throw new MalformedJson("Expected the end of the record", at);
    }
  }

  private byte octet() throws MalformedJson {
    skip(1);
    return in[at - 1];
  }
}
