package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("input", "output", "groupBy");

  @Test
  void findsANameWithALetterSwappedMissingOrWrong() {
    assertThat(Nearest.to("inptu", KNOWN), is(Optional.of("input")));
    assertThat(Nearest.to("inpt", KNOWN), is(Optional.of("input")));
    assertThat(Nearest.to("ouptut", KNOWN), is(Optional.of("output")));
  }

  @Test
  void takesNoAccountOfCase() {
    assertThat(Nearest.to("GROUPBY", KNOWN), is(Optional.of("groupBy")));
  }

  @Test
  void findsNothingForANameUnlikeAll() {
    assertThat(Nearest.hint("zebra", KNOWN), is(""));
    assertThat(Nearest.hint("outputs", KNOWN), is(" (did you mean output?)"));
  }
}
