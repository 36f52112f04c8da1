package dev.millrace.operate.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.io.ReadException;
import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.decode.AvroText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes texts of the fields of rows in Parquet, Avro and NDJSON. Not thread-safe. */
final class RowParser {
  /** As deep as the decoder goes, and the row around it. */
  private static final int MOST_LEVELS = 201;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final AvroText avro = new AvroText();

  /** Null for JSON. */
  private AvroHeader header;

  private JsonNode schema = MissingNode.getInstance();
  private final Map<String, JsonNode> types = new HashMap<>();

  RowParser() {
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MOST_LEVELS)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
  }

  /**
   * The fields of a row, by name, {@link RowText#NULL} where there is no value.
   *
   * @throws ReadException if it isn't one
   */
  SortedMap<String, String> parse(RawBlock block, int index) {
    try {
      return block.isPiece() ? unreadable(block, index, "it is too long", null) : row(block, index);
    } catch (JsonProcessingException e) {
      return unreadable(block, index, e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      return unreadable(block, index, e.getMessage(), e);
    }
  }

  private SortedMap<String, String> row(RawBlock block, int index) throws IOException {
    readSchema(block);
    JsonNode row = tree(block, index);
    if (!row.isObject()) {
      return unreadable(block, index, "it is no JSON object", null);
    }
    SortedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      JsonNode type = types.computeIfAbsent(field.getKey(), name -> RowText.field(schema, name));
      values.put(field.getKey(), RowText.of(field.getValue(), type));
    }
    return values;
  }

  private JsonNode tree(RawBlock block, int index) throws IOException {
    if (header != null) {
      return mapper.readTree(avro.json(block, index));
    }
    int start = block.start(index);
    return mapper.readTree(block.array(), start, block.end(index) - start);
  }

  private void readSchema(RawBlock block) throws IOException {
    AvroHeader next = (AvroHeader) block.header().orElse(null);
    if (!Objects.equals(next, header)) {
      header = next;
      schema = next == null ? MissingNode.getInstance() : mapper.readTree(next.schema());
      types.clear();
    }
  }

  private static SortedMap<String, String> unreadable(
      RawBlock block, int index, String reason, Exception cause) {
    throw new ReadException(
        "Cannot read %s: the row at %s: %s".formatted(block.source(), block.offset(index), reason),
        cause);
  }
}
