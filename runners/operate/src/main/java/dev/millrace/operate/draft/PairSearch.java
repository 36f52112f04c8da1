package dev.millrace.operate.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Finds two fields whose values together differ in all records. */
final class PairSearch {
  /** With these, there are 276 pairs. */
  private static final int MOST_FIELDS = 24;

  private record Pair(int first, int second, Distinct distinct) {}

  private final HashBudget budget = new HashBudget();
  private final Distinct records = new Distinct(budget);
  private final List<String> fields;
  private final List<Pair> pairs = new ArrayList<>();
  private final long[] hashes;

  PairSearch(List<String> fields) {
    this.fields = fields;
    this.hashes = new long[fields.size()];
    for (int first = 0; first < fields.size(); first++) {
      for (int second = first + 1; second < fields.size(); second++) {
        pairs.add(new Pair(first, second, new Distinct(budget)));
      }
    }
  }

  /** The first fields that could be parts of a key. */
  static List<String> candidates(ObjectProfile profile) {
    return profile.fields().stream()
        .filter(field -> KeySearch.isCandidate(profile, field))
        .map(FieldProfile::name)
        .limit(MOST_FIELDS)
        .toList();
  }

  void take(ObjectNode record, long hash) {
    if (!records.add(hash)) {
      return;
    }
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = Hashes.ofValue(record.get(fields.get(i)));
    }
    for (Pair pair : pairs) {
      if (pair.distinct.holds()) {
        pair.distinct.addOrGiveUp(Hashes.ofPair(hashes[pair.first], hashes[pair.second]));
      }
    }
  }

  /** The pairs, where no single field is a key. */
  Keys found(Keys singles) {
    if (!records.holds()) {
      return new Keys(List.of(), singles.copies(), false);
    }
    List<List<String>> found =
        pairs.stream()
            .filter(pair -> pair.distinct.holds())
            .map(pair -> List.of(fields.get(pair.first), fields.get(pair.second)))
            .toList();
    boolean known =
        pairs.stream().allMatch(pair -> pair.distinct.holds() || pair.distinct.isRepeated());
    return new Keys(found, singles.copies(), known);
  }
}
