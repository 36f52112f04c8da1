package dev.millrace.stages.decode;

import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Shows records of Avro as JSON, for who looks at data without a contract: decimals as numbers,
 * dates and times as ISO 8601 has them, bytes in Base64. Not thread-safe.
 */
public final class AvroText {
  private final AvroCursor cursor = new AvroCursor();
  private AvroHeader header;
  private Schema schema;

  /** Shows records of any schemas. */
  public AvroText() {}

  /**
   * The JSON of a record, in UTF-8.
   *
   * @throws IllegalArgumentException if it is not as its schema says; the message is the reason
   */
  public byte[] json(RawBlock block, int index) {
    AvroHeader next = (AvroHeader) block.header().orElseThrow();
    if (!next.equals(header)) {
      schema = new Schema.Parser(NameValidator.NO_VALIDATION).parse(next.schema());
      header = next;
    }
    int start = block.start(index);
    try {
      cursor.begin(block.array(), start, block.end(index));
      AvroJson.skip(schema, cursor);
      cursor.expectEnd();
      return AvroJson.of(schema, cursor, start);
    } catch (MalformedJson e) {
      throw new IllegalArgumentException(
          "%s at byte %s".formatted(e.getMessage(), e.position() - start), e);
    }
  }
}
