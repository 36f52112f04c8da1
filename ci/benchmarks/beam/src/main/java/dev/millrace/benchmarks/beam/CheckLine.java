package dev.millrace.benchmarks.beam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Rejects what {@code JsonToRow} would take although the contract doesn't: fields that it does not
 * know, and text after the object. What is no JSON at all is left to {@code JsonToRow}.
 */
final class CheckLine extends DoFn<String, String> {
  static final TupleTag<String> PASSED = new TupleTag<>() {};
  static final TupleTag<String> REJECTED = new TupleTag<>() {};

  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> fields;

  CheckLine(Schema known) {
    this.fields = Set.copyOf(known.getFieldNames());
  }

  @ProcessElement
  public void process(@Element String line, MultiOutputReceiver out) {
    out.get(isExact(line) ? PASSED : REJECTED).output(line);
  }

  boolean isExact(String line) {
    boolean open = true;
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (!fields.contains(parser.currentName())) {
          return false;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      open = false;
      return parser.nextToken() == null;
    } catch (IOException e) {
      return open;
    }
  }
}
