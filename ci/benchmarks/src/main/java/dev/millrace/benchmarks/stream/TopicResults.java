package dev.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.events.HourGroup;
import dev.millrace.benchmarks.run.Assignment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Results in topics, a row for each group. */
final class TopicResults implements StreamResults {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TopicReader topics;
  private final Assignment assignment;

  TopicResults(TopicReader topics, Assignment assignment) {
    this.topics = topics;
    this.assignment = assignment;
  }

  @Override
  public Map<HourGroup, Aggregates> aggregates() throws IOException {
    List<byte[]> rows = new ArrayList<>();
    topics.read(assignment.aggregates(), message -> rows.add(message.value()));
    Map<HourGroup, Aggregates> groups = new HashMap<>();
    for (byte[] row : rows) {
      add(JSON.readTree(row), groups);
    }
    return groups;
  }

  private static void add(JsonNode row, Map<HourGroup, Aggregates> groups) throws IOException {
    HourGroup group = group(row);
    if (groups.put(group, aggregates(row)) != null) {
      throw new IOException("Cannot compare aggregates: there are two of " + group);
    }
  }

  /** The group that a row is of. */
  static HourGroup group(JsonNode row) {
    return new HourGroup(
        row.path("window_start").asLong() / 1000,
        row.path("type").asText(),
        row.path("country").asText());
  }

  /** What a row says of its group. */
  static Aggregates aggregates(JsonNode row) {
    return new Aggregates(
        row.path("count").asLong(),
        row.path("sum_amount").asDouble(),
        row.path("mean_duration_ms").asDouble());
  }

  @Override
  public long rejects() {
    return topics.size(assignment.rejects());
  }
}
