package dev.millrace.operate.parity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublishedRowsTest {
  @Test
  void findsTheFirstRowsThatOnlyOneRunHas() {
    PublishedRows first =
        rows(Map.of("records", List.of("a", "b", "b", "d"), "late", List.of("l")));
    PublishedRows second = rows(Map.of("records", List.of("b", "c", "d", "e", "f", "g")));
    assertThat(
        first.differences(second, "second"),
        contains(
            "late: second lacks l",
            "records: second lacks a",
            "records: second lacks b",
            "records: only second has c"));
  }

  @Test
  void findsNothingWhereAllIsTheSame() {
    PublishedRows rows = rows(Map.of("records", List.of("a", "b")));
    assertThat(rows.differences(rows(Map.of("records", List.of("a", "b"))), "second"), empty());
    assertThat(rows.size(), is(2L));
  }

  private static PublishedRows rows(Map<String, List<String>> lines) {
    return new PublishedRows(new TreeMap<>(lines));
  }
}
