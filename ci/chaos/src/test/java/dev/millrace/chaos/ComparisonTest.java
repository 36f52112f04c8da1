package dev.millrace.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void agreesWhereThereIsTheSameAsOften() {
    Comparison same = Comparison.of("topic", bag("a", "b", "b"), bag("b", "a", "b"));
    assertThat(same.agrees(), is(true));
    assertThat(
        same.lines(),
        is("topic                                  3           3           0           0\n"));
  }

  @Test
  void tellsWhatIsLost() {
    Comparison lost = Comparison.of("topic", bag("a", "b", "b", "b"), bag("a", "b"));
    assertThat(lost.agrees(), is(false));
    assertThat(
        lost.lines(),
        is(
            """
            topic                                  4           2           2           0
                lost: b (2 times)
            """));
  }

  @Test
  void tellsWhatIsThereTwice() {
    Comparison twice = Comparison.of("topic", bag("a"), bag("a", "a"));
    assertThat(twice.agrees(), is(false));
    assertThat(
        twice.lines(),
        is(
            """
            topic                                  1           2           0           1
                must not be there: a
            """));
  }

  /** As many, but not the same. */
  @Test
  void tellsWhatIsInPlaceOfAnother() {
    Comparison other = Comparison.of("topic", bag("a", "b"), bag("a", "c".repeat(200)));
    assertThat(
        other.lines(),
        is(
            """
            topic                                  2           2           1           1
                lost: b
                must not be there: %s... (200 characters)
            """
                .formatted("c".repeat(100))));
  }

  private static Bag bag(String... things) {
    Bag bag = new Bag();
    for (String thing : things) {
      bag.add(thing);
    }
    return bag;
  }
}
