package dev.millrace.operate.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the fields whose values differ in all records. */
final class KeySearch {
  private static final Pattern KEY_NAME =
      Pattern.compile("(?i)(.*[_-])?(id|key|uuid|guid)|.*[a-z](Id|ID|Key|Uuid)");

  private final HashBudget budget = new HashBudget();
  private final Distinct records = new Distinct(budget);
  private final Map<String, Distinct> fields = new LinkedHashMap<>();
  private long copies;

  void take(ObjectNode record, long hash) {
    if (!records.add(hash)) {
      copies++;
      return;
    }
    for (Map.Entry<String, JsonNode> entry : record.properties()) {
      if (entry.getValue().isValueNode()) {
        fields
            .computeIfAbsent(entry.getKey(), name -> new Distinct(budget))
            .addOrGiveUp(Hashes.ofValue(entry.getValue()));
      }
    }
  }

  /** The keys; those that are named like one come first. */
  Keys found(ObjectProfile profile) {
    if (!records.holds()) {
      return new Keys(List.of(), 0, false);
    }
    List<String> names = new ArrayList<>();
    boolean known = true;
    for (FieldProfile field : profile.fields()) {
      Distinct distinct = fields.get(field.name());
      if (isCandidate(profile, field) && distinct != null) {
        known &= distinct.holds() || distinct.isRepeated();
        if (distinct.holds()) {
          names.add(field.name());
        }
      }
    }
    names.sort(Comparator.comparing(name -> !KEY_NAME.matcher(name).matches()));
    return new Keys(names.stream().map(List::of).toList(), copies, known);
  }

  /** Whether a field could be a key, or a part of one. */
  static boolean isCandidate(ObjectProfile profile, FieldProfile field) {
    return profile.isRequired(field)
        && !field.name().isEmpty()
        && field.typing().filter(Typing::isKey).isPresent();
  }
}
