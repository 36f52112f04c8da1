package dev.millrace.stages.decode;

import java.util.Arrays;

/**
 * Walks over the tokens of one JSON text (RFC 8259, strictly) without building anything of it. It
 * is told what to expect; what it doesn't find there is {@link MalformedJson}.
 */
final class JsonCursor {
  /** What a value is. */
  enum Kind {
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    OBJECT,
    ARRAY
  }

  /** What {@link #peek()} gives at the end. */
  static final int END = -1;

  /** The deepest nesting that is followed, so that no input can exhaust the stack. */
  static final int MAX_DEPTH = 200;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonText text = new JsonText();
  private final JsonNumber number = new JsonNumber();

  private byte[] in;
  private int at;
  private int end;

  /** Begins with another text. */
  void begin(byte[] in, int start, int end) {
    this.in = in;
    this.at = start;
    this.end = end;
    text.clear();
  }

  /** The array that is read. */
  byte[] array() {
    return in;
  }

  /** Where the last token ended in {@link #array()}. */
  int position() {
    return at;
  }

  /** The string that was read last, be it a name or a value. */
  JsonText text() {
    return text;
  }

  /** The number that was read last. */
  JsonNumber number() {
    return number;
  }

  /** The first byte of the next token, which tells what it is, or {@link #END}. */
  int peek() {
    return at < end && in[at] > ' ' ? in[at] : peekPastSpace();
  }

  private int peekPastSpace() {
    while (at < end && isSpace(in[at])) {
      at++;
    }
    return at < end ? in[at] & 0xff : END;
  }

  /** Where the next token starts in {@link #array()}. */
  int next() {
    peek();
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Skips this punctuation mark if it is next. */
  boolean skip(char mark) {
    if (peek() != mark) {
      return false;
    }
    at++;
    return true;
  }

  /** Skips these bytes if they are next. */
  boolean skip(byte[] token) {
    int length = token.length;
    if (at + length > end || !Arrays.equals(in, at, at + length, token, 0, length)) {
      return false;
    }
    at += length;
    return true;
  }

  /** Skips this punctuation mark, which has to be next. */
  void expect(char mark) throws MalformedJson {
    if (!skip(mark)) {
      throw new MalformedJson("Expected '" + mark + "'", at);
    }
  }

  /** Makes sure that nothing but white space is left. */
  void expectEnd() throws MalformedJson {
    if (peek() != END) {
      throw new MalformedJson("Expected the end of the record", at);
    }
  }

  /** Reads a string into {@link #text()}. */
  void string() throws MalformedJson {
    if (peek() != '"') {
      throw new MalformedJson("Expected '\"'", at);
    }
    at = text.read(in, at, end);
  }

  /**
   * Reads a value: a string into {@link #text()}, a number into {@link #number()}; an object or an
   * array is skipped with all that is in it.
   */
  Kind value() throws MalformedJson {
    return value(0);
  }

  private Kind value(int depth) throws MalformedJson {
    switch (peek()) {
      case '"' -> {
        at = text.read(in, at, end);
        return Kind.STRING;
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        at = number.read(in, at, end);
        return Kind.NUMBER;
      }
      case 't' -> {
        return literal(TRUE, Kind.TRUE);
      }
      case 'f' -> {
        return literal(FALSE, Kind.FALSE);
      }
      case 'n' -> {
        return literal(NULL, Kind.NULL);
      }
      case '{' -> {
        return object(depth + 1);
      }
      case '[' -> {
        return array(depth + 1);
      }
      default -> throw new MalformedJson("Expected a value", at);
    }
  }

  private Kind literal(byte[] letters, Kind kind) throws MalformedJson {
    if (!skip(letters)) {
      throw new MalformedJson("Expected a value", at);
    }
    return kind;
  }

  private Kind object(int depth) throws MalformedJson {
    open('{', depth);
    if (!skip('}')) {
      do {
        string();
        expect(':');
        value(depth);
      } while (skip(','));
      close('}');
    }
    return Kind.OBJECT;
  }

  private Kind array(int depth) throws MalformedJson {
    open('[', depth);
    if (!skip(']')) {
      do {
        value(depth);
      } while (skip(','));
      close(']');
    }
    return Kind.ARRAY;
  }

  private void open(char bracket, int depth) throws MalformedJson {
    if (depth > MAX_DEPTH) {
      throw new MalformedJson("Nested deeper than " + MAX_DEPTH + " levels", at);
    }
    expect(bracket);
  }

  /** Skips the bracket that ends an object or an array after its last member. */
  void close(char bracket) throws MalformedJson {
    if (!skip(bracket)) {
      throw new MalformedJson("Expected ',' or '" + bracket + "'", at);
    }
  }
}
