package dev.millrace.benchmarks.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at the fields of a row, and collects what is wrong with them. */
public final class Violations {
  private List<String> list = List.of();

  /** All that was found; an empty list, always the same one, if nothing was. */
  public List<String> list() {
    return list;
  }

  public void length(String field, String value, int min, int max) {
    if (present(field, value) && (value.length() < min || value.length() > max)) {
      add("wrong_length: " + field);
    }
  }

  public void optionalLength(String field, String value, int max) {
    if (value != null && value.length() > max) {
      add("wrong_length: " + field);
    }
  }

  public void oneOf(String field, String value, Set<String> values) {
    if (present(field, value) && !values.contains(value)) {
      add("invalid_value: " + field);
    }
  }

  public void matches(String field, String value, Pattern pattern) {
    if (present(field, value) && !pattern.matcher(value).find()) {
      add("pattern_mismatch: " + field);
    }
  }

  public void range(String field, Long value, long min, long max) {
    if (present(field, value) && (value < min || value > max)) {
      add("out_of_range: " + field);
    }
  }

  public void range(String field, Double value, double min, double max) {
    if (present(field, value) && !(value >= min && value <= max)) {
      add("out_of_range: " + field);
    }
  }

  boolean present(String field, Object value) {
    if (value == null) {
      add("missing_field: " + field);
    }
    return value != null;
  }

  private void add(String violation) {
    if (list.isEmpty()) {
      list = new ArrayList<>();
    }
    list.add(violation);
  }
}
