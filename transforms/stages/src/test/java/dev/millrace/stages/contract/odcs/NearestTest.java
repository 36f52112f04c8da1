package dev.millrace.stages.contract.odcs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "required, requierd, 1",
    "kitten, sitting, 3",
    "ca, abc, 3"
  })
  void countsEdits(String from, String to, int edits) {
    assertThat(Nearest.distance(from, to), is(edits));
    assertThat(Nearest.distance(to, from), is(edits));
  }

  @Test
  void suggestsTheNearestOrListsAll() {
    List<String> known = List.of("minimum", "maximum");

    assertThat(
        Nearest.unknown("key", "maxmum", known), is("Unknown key: maxmum (did you mean maximum?)"));
    assertThat(
        Nearest.unknown("key", "limit", known),
        is("Unknown key: limit (expected minimum, maximum)"));
    assertThat(
        Nearest.unknown("property", "sku", List.of()), is("Unknown property: sku (expected none)"));
  }
}
