package dev.millrace.operate.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.record.BlockHeader;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.decode.AvroText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;

/** Makes a tree of a record; of one in CSV, an object of texts and nulls; of Avro, as in JSON. */
final class RecordParser {
  /** As deep as the decoder goes, and the record around it. */
  private static final int MOST_LEVELS = 201;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final AvroText avro = new AvroText();
  private CsvHeader header;
  private CsvFields csv;
  private List<String> columns;

  RecordParser() {
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build());
  }

  ObjectNode parse(RawBlock block, int index) throws UnreadableException {
    BlockHeader next = block.header().orElse(null);
    if (next instanceof CsvHeader columnNames) {
      return csv(columnNames, block, index);
    }
    if (next != null) {
      return avro(block, index);
    }
    int start = block.start(index);
    return json(block.array(), start, block.end(index) - start);
  }

  private ObjectNode avro(RawBlock block, int index) throws UnreadableException {
    try {
      byte[] json = avro.json(block, index);
      return json(json, 0, json.length);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(e.getMessage());
    }
  }

  private ObjectNode json(byte[] utf8, int start, int length) throws UnreadableException {
    try {
      JsonNode tree = mapper.readTree(utf8, start, length);
      if (tree instanceof ObjectNode record) {
        return record;
      }
      throw new UnreadableException("not a JSON object");
    } catch (JsonProcessingException e) {
      throw new UnreadableException(e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read memory", e);
    }
  }

  private ObjectNode csv(CsvHeader columnNames, RawBlock block, int index)
      throws UnreadableException {
    header(columnNames);
    List<String> values = csv.read(block.array(), block.start(index), block.end(index));
    if (values.size() != columns.size()) {
      throw new UnreadableException(
          "expected %s columns, found %s".formatted(columns.size(), values.size()));
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < values.size(); i++) {
      record.put(columns.get(i), values.get(i));
    }
    return record;
  }

  private void header(CsvHeader next) throws UnreadableException {
    if (next.equals(header) && columns != null) {
      return;
    }
    header = next;
    columns = null;
    csv = new CsvFields(next.dialect());
    List<String> names =
        csv.read(next.array(), 0, next.array().length).stream()
            .map(name -> name == null ? "" : name)
            .toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new UnreadableException("the header names a column twice");
    }
    columns = names;
  }
}
