package dev.millrace.benchmarks.stream;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.benchmarks.events.EventStream;
import dev.millrace.benchmarks.events.HourGroup;
import dev.millrace.benchmarks.events.HourTotals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check over what a right contender would write, as it is and damaged. */
final class StreamCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MESSAGES = 3000;

  private final EventStream events = EventStream.ofThreeDays(MESSAGES);
  private final Map<String, JsonNode> accepted = new HashMap<>();
  private final Map<HourGroup, StreamResults.Aggregates> aggregates = new HashMap<>();
  private long rejects;

  /** Takes each id that is accepted by its first message, as a right contender does. */
  @BeforeEach
  void workOff() throws JsonProcessingException {
    long eventsBefore = 0;
    for (int i = 0; i < MESSAGES; i++) {
      events.next();
      if (events.truth().events() > eventsBefore) {
        eventsBefore++;
        String text = new String(events.value(), StandardCharsets.UTF_8);
        accepted.put(events.id(), JSON.readTree(text));
      }
    }
    rejects = events.truth().rejected();
    events.hours().forEach((group, totals) -> aggregates.put(group, written(totals)));
  }

  private static StreamResults.Aggregates written(HourTotals totals) {
    return new StreamResults.Aggregates(
        totals.count(),
        totals.amountCents() / 100.0,
        (double) totals.durationMillis() / totals.count());
  }

  @Test
  void findsNothingWrongWithWhatIsRight() throws Exception {
    assertThat(events.truth().copies(), greaterThan(0L));
    assertThat(rejects, greaterThan(0L));
    assertThat(StreamCheck.differences(events.truth(), read(accepted.values())), empty());
    assertThat(rest(), empty());
  }

  @Test
  void noticesAnEventThatIsMissing() {
    accepted.remove(accepted.keySet().iterator().next());
    assertThat(
        StreamCheck.differences(events.truth(), read(accepted.values())),
        hasItem(is("ids: expected %d, found %d".formatted(accepted.size() + 1, accepted.size()))));
  }

  @Test
  void noticesAnEventThatIsThereTwice() {
    List<JsonNode> twice = new ArrayList<>(accepted.values());
    twice.add(twice.get(0));
    assertThat(
        StreamCheck.differences(events.truth(), read(twice)),
        hasItem("repeated ids: expected 0, found 1"));
  }

  @Test
  void noticesAValueThatIsAnother() {
    ObjectNode event = (ObjectNode) accepted.values().iterator().next();
    event.put("quantity", event.path("quantity").asLong() + 1);
    assertThat(
        StreamCheck.differences(events.truth(), read(accepted.values())),
        contains(startsWith("sums of the columns: expected Sums[")));
  }

  @Test
  void noticesAnEventOfAnotherDay() {
    ObjectNode event = (ObjectNode) accepted.values().iterator().next();
    event.put("event_time", "2026-05-01T00:00:00.000Z");
    assertThat(
        StreamCheck.differences(events.truth(), read(accepted.values())),
        hasItem(startsWith("events by day: expected {dt=2026-03-02=")));
  }

  @Test
  void noticesAggregatesThatAreMissingOrOthersOrTooMany() throws Exception {
    List<HourGroup> groups = new ArrayList<>(aggregates.keySet());
    aggregates.remove(groups.get(0));
    aggregates.put(groups.get(1), new StreamResults.Aggregates(1, -1, 1));
    aggregates.put(new HourGroup(0, "page_view", "XX"), new StreamResults.Aggregates(1, 1, 1));
    assertThat(rest(), contains("groups whose aggregates are wrong: expected 0, found 3"));
  }

  @Test
  void noticesRejectsThatAreMissing() throws Exception {
    rejects--;
    assertThat(rest(), contains("rejects: expected %d, found %d".formatted(rejects + 1, rejects)));
  }

  private List<String> rest() throws Exception {
    StreamResults results =
        new StreamResults() {
          @Override
          public Map<HourGroup, Aggregates> aggregates() {
            return aggregates;
          }

          @Override
          public long rejects() {
            return rejects;
          }
        };
    return StreamCheck.differences(events.truth(), events.hours(), results);
  }

  private static AcceptedEvents read(Iterable<JsonNode> events) {
    AcceptedEvents read = AcceptedEvents.empty();
    events.forEach(event -> read.add(event, 0));
    return read;
  }
}
