package dev.millrace.io.blocks;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Finds where a datum of a schema ends: that much must be known to tell the records of a block
 * apart. What the values are is for the decoder to look at.
 */
final class AvroSkip {
  /** The deepest nesting that is followed, so that no input can exhaust the stack. */
  private static final int MAX_DEPTH = 1000;

  private static final int BITS_OF_LONG = 64;

  private final Schema.Type type;

  /** The bytes of a value that always has as many. */
  private final int size;

  /** Those of a record's fields, a union's branches, or the one of an array's or map's values. */
  private AvroSkip[] parts;

  private AvroSkip(Schema schema) {
    type = schema.getType();
    size =
        switch (type) {
          case BOOLEAN -> 1;
          case FLOAT -> Float.BYTES;
          case DOUBLE -> Double.BYTES;
          case FIXED -> schema.getFixedSize();
          default -> 0;
        };
  }

  static AvroSkip of(Schema schema) {
    return of(schema, new IdentityHashMap<>());
  }

  private static AvroSkip of(Schema schema, Map<Schema, AvroSkip> made) {
    AvroSkip known = made.get(schema);
    if (known != null) {
      return known;
    }
    AvroSkip skip = new AvroSkip(schema);
    made.put(schema, skip); // before its parts, among which it may be itself
    List<Schema> parts =
        switch (skip.type) {
          case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
          case UNION -> schema.getTypes();
          case ARRAY -> List.of(schema.getElementType());
          case MAP -> List.of(schema.getValueType());
          default -> List.of();
        };
    skip.parts = parts.stream().map(part -> of(part, made)).toArray(AvroSkip[]::new);
    return skip;
  }

  /**
   * Finds the end of a datum.
   *
   * @return where it ends
   * @throws IOException if it doesn't, before {@code end}; the message is the reason
   */
  int end(byte[] in, int start, int end) throws IOException {
    Walk walk = new Walk(in, start, end);
    walk.skip(this, 0);
    return walk.at;
  }

  /** Whether a value has no bytes at all; any other has some. */
  private boolean isEmpty(int depth) {
    return switch (type) {
      case NULL -> true;
      case FIXED -> size == 0;
      case RECORD -> {
        boolean empty = depth < MAX_DEPTH;
        for (int i = 0; empty && i < parts.length; i++) {
          empty = parts[i].isEmpty(depth + 1);
        }
        yield empty;
      }
      default -> false;
    };
  }

  private static final class Walk {
    private final byte[] in;
    private final int end;
    private int at;

    private Walk(byte[] in, int at, int end) {
      this.in = in;
      this.at = at;
      this.end = end;
    }

    private void skip(AvroSkip value, int depth) throws IOException {
      if (depth > MAX_DEPTH) {
        throw new IOException("a record is nested deeper than %s levels".formatted(MAX_DEPTH));
      }
      switch (value.type) {
        case INT, LONG, ENUM -> number();
        case STRING, BYTES -> forward(number());
        case RECORD -> {
          for (AvroSkip field : value.parts) {
            skip(field, depth + 1);
          }
        }
        case UNION -> skip(branch(value.parts), depth + 1);
        case ARRAY, MAP -> items(value, depth + 1);
        default -> forward(value.size);
      }
    }

    private AvroSkip branch(AvroSkip[] branches) throws IOException {
      long index = number();
      if (index < 0 || index >= branches.length) {
        throw new IOException("a record has branch %s of %s".formatted(index, branches.length));
      }
      return branches[(int) index];
    }

    private void items(AvroSkip value, int depth) throws IOException {
      boolean keyed = value.type == Schema.Type.MAP;
      AvroSkip item = value.parts[0];
      boolean empty = !keyed && item.isEmpty(0);
      for (long count = number(); count != 0; count = number()) {
        if (count < 0) {
          count = -count;
          number(); // how many bytes they have
        }
        // Items without bytes are not walked over: there can be any number of them.
        for (long i = 0; i < count && !empty; i++) {
          if (keyed) {
            forward(number());
          }
          skip(item, depth);
        }
      }
    }

    private long number() throws IOException {
      long bits = 0;
      for (int shift = 0; shift < BITS_OF_LONG; shift += 7) {
        forward(1);
        byte next = in[at - 1];
        bits |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return (bits >>> 1) ^ -(bits & 1);
        }
      }
      throw new IOException("a record has an integer of more than 64 bits");
    }

    private void forward(long bytes) throws IOException {
      if (bytes < 0 || bytes > end - at) {
        throw new IOException("a record goes beyond the end of the block");
      }
      at += (int) bytes;
    }
  }
}
