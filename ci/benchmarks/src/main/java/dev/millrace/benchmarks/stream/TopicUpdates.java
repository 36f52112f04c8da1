package dev.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.benchmarks.events.HourGroup;
import dev.millrace.benchmarks.run.Assignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Results in topics, a row for each change of a group: the last one says what it has come to. Those
 * of hours that are less than a day before the latest are not final, and left out.
 */
final class TopicUpdates implements StreamResults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long OPEN_MILLIS = Duration.ofDays(1).toMillis();

  private final TopicReader topics;
  private final Assignment assignment;

  TopicUpdates(TopicReader topics, Assignment assignment) {
    this.topics = topics;
    this.assignment = assignment;
  }

  @Override
  public Map<HourGroup, Aggregates> aggregates() {
    Map<HourGroup, Aggregates> last = new HashMap<>();
    topics.read(assignment.aggregates(), message -> put(message, last));
    return closed(last);
  }

  private static void put(
      ConsumerRecord<byte[], byte[]> message, Map<HourGroup, Aggregates> groups) {
    try {
      JsonNode row = JSON.readTree(message.value());
      groups.put(TopicResults.group(row), TopicResults.aggregates(row));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read an aggregate: " + e.getMessage(), e);
    }
  }

  /** The groups that are final, as far as the others say. */
  static Map<HourGroup, Aggregates> closed(Map<HourGroup, Aggregates> groups) {
    long latest = groups.keySet().stream().mapToLong(HourGroup::startMillis).max().orElse(0);
    Map<HourGroup, Aggregates> closed = new HashMap<>(groups);
    closed.keySet().removeIf(group -> group.startMillis() > latest - OPEN_MILLIS);
    return closed;
  }

  @Override
  public long rejects() {
    return topics.size(assignment.rejects());
  }
}
