package dev.millrace.operate.draft;

import java.util.List;

/**
 * The keys that were found, each one or two fields, the best one first.
 *
 * @param copies how many records were exact copies of another, and so not looked at
 * @param known whether there was memory enough to be sure that there are no others
 */
record Keys(List<List<String>> candidates, long copies, boolean known) {

  /** The fields of the primary key; none if there is no candidate. */
  List<String> primary() {
    return candidates.isEmpty() ? List.of() : candidates.get(0);
  }

  boolean needsPairs() {
    return candidates.isEmpty() && known;
  }
}
