package dev.millrace.operate.diff;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row that both sides have under its key, and that is not the same.
 *
 * @param partition the partition that it is in
 * @param key the values of the key's fields as JSON, by name
 * @param fields what differs, by name
 */
public record ChangedSample(
    String partition, SortedMap<String, String> key, SortedMap<String, Change> fields) {
  /**
   * The values of a field, as JSON; {@code null} where there is none.
   *
   * @param published what readers see
   * @param staged what the run has
   */
  public record Change(String published, String staged) {}

  /** Keeps immutable maps. */
  public ChangedSample {
    key = Collections.unmodifiableSortedMap(new TreeMap<>(key));
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  static ChangedSample of(
      String partition,
      SortedMap<String, String> key,
      Map<String, String> published,
      Map<String, String> staged) {
    SortedMap<String, Change> fields = new TreeMap<>();
    published.forEach(
        (name, value) ->
            fields.put(name, new Change(value, staged.getOrDefault(name, RowText.NULL))));
    staged.forEach((name, value) -> fields.putIfAbsent(name, new Change(RowText.NULL, value)));
    fields.values().removeIf(change -> change.published.equals(change.staged));
    return new ChangedSample(partition, key, fields);
  }
}
