package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What messages need to be understood that are Avro in the wire format of Confluent's schema
 * registry: a zero, the id of the schema that it was written with in four bytes, the highest first,
 * and then the datum. The schema is what the registry had for the id.
 *
 * @param schema the schema in JSON, not yet looked into; empty if there is none
 * @param problem why there is none; empty if there is one, or the messages don't begin like that
 */
public record RegistryHeader(String schema, String problem) implements BlockHeader {
  /** Of messages that don't begin as they should, and so name no schema. */
  public static final RegistryHeader UNFRAMED = new RegistryHeader("", "");

  /** How many bytes there are before the datum. */
  public static final int FRAME_LENGTH = 1 + Integer.BYTES;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** Of messages that were written with this schema. */
  public static RegistryHeader of(String schema) {
    return new RegistryHeader(schema, "");
  }

  /** Of messages whose schema isn't to be had, with the reason. */
  public static RegistryHeader withoutSchema(String problem) {
    return new RegistryHeader("", problem);
  }

  /** Whether a range of an array begins as such a message does. */
  public static boolean isFramed(byte[] array, int start, int end) {
    return end - start >= FRAME_LENGTH && array[start] == 0;
  }

  /** The id of the schema that a message names, which is framed. */
  public static int schemaId(byte[] array, int start) {
    return (int) INTS.get(array, start + 1);
  }
}
