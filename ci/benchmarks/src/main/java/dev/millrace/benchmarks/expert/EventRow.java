package dev.millrace.benchmarks.expert;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An event as bytes: numbers at fixed places, the lengths of the texts, and the texts themselves in
 * the order of {@link Text}. One row is filled again and again; nobody keeps it.
 */
public final class EventRow {
  /** The texts of an event, in their order. */
  static final class Text {
    static final int ID = 0;
    static final int USER_ID = 1;
    static final int SESSION_ID = 2;
    static final int TYPE = 3;
    static final int COUNTRY = 4;
    static final int DEVICE = 5;
    static final int PAGE = 6;
    static final int REFERRER = 7;
    static final int USER_AGENT = 8;
    static final int CAMPAIGN = 9;
    static final int COUNT = 10;

    private Text() {}
  }

  static final int ABSENT = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MICROS = 0;
  private static final int AMOUNT = 8;
  private static final int QUANTITY = 16;
  private static final int DURATION = 24;
  private static final int SIGNED_IN = 32;
  private static final int TYPE_INDEX = 33;
  private static final int LENGTHS = 34;
  private static final int TEXTS = LENGTHS + 2 * Text.COUNT;

  long hashHigh;
  long hashLow;
  int size;
  byte[] bytes = new byte[1024];

  /** A row of its own with the same content. */
  public EventRow copy() {
    return EventRowSerializer.INSTANCE.copy(this);
  }

  void clear() {
    size = TEXTS;
  }

  /** Makes room for more bytes after the last text. */
  void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  void setLength(int text, int length) {
    SHORT.set(bytes, LENGTHS + 2 * text, (short) length);
  }

  /** The bytes of a text, or {@link #ABSENT}. */
  int length(int text) {
    return (short) SHORT.get(bytes, LENGTHS + 2 * text);
  }

  /** Where the texts start: one follows the other. */
  static int textsStart() {
    return TEXTS;
  }

  void setMicros(long micros) {
    LONG.set(bytes, MICROS, micros);
  }

  long micros() {
    return (long) LONG.get(bytes, MICROS);
  }

  void setAmount(double amount) {
    LONG.set(bytes, AMOUNT, Double.doubleToRawLongBits(amount));
  }

  double amount() {
    return Double.longBitsToDouble((long) LONG.get(bytes, AMOUNT));
  }

  void setQuantity(long quantity) {
    LONG.set(bytes, QUANTITY, quantity);
  }

  long quantity() {
    return (long) LONG.get(bytes, QUANTITY);
  }

  void setDurationMs(long millis) {
    LONG.set(bytes, DURATION, millis);
  }

  long durationMs() {
    return (long) LONG.get(bytes, DURATION);
  }

  void setSignedIn(boolean signedIn) {
    bytes[SIGNED_IN] = (byte) (signedIn ? 1 : 0);
  }

  boolean signedIn() {
    return bytes[SIGNED_IN] != 0;
  }

  void setTypeIndex(int index) {
    bytes[TYPE_INDEX] = (byte) index;
  }

  int typeIndex() {
    return bytes[TYPE_INDEX];
  }

  /** The two letters of the country, as a number. */
  int country() {
    int at = TEXTS;
    for (int text = 0; text < Text.COUNTRY; text++) {
      at += length(text);
    }
    return (bytes[at] << 8) | bytes[at + 1];
  }
}
