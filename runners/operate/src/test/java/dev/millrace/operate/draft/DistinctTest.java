package dev.millrace.operate.draft;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class DistinctTest {

  @Test
  void holdsWhileAllHashesDiffer() {
    Distinct distinct = new Distinct(new HashBudget());
    for (long hash = -5000; hash < 5000; hash++) {
      distinct.addOrGiveUp(hash * 0x9e3779b97f4a7c15L);
    }
    assertThat(distinct.holds(), is(true));
    assertThat(distinct.isRepeated(), is(false));
  }

  @Test
  void seesAHashThatWasThereLongAgo() {
    Distinct distinct = new Distinct(new HashBudget());
    for (long hash = 0; hash < 5000; hash++) {
      distinct.addOrGiveUp(hash);
    }
    distinct.addOrGiveUp(0);
    assertThat(distinct.holds(), is(false));
    assertThat(distinct.isRepeated(), is(true));
  }

  @Test
  void givesUpWithoutAnAnswerWhenTheBudgetIsSpent() {
    HashBudget budget = new HashBudget(1000);
    Distinct distinct = new Distinct(budget);
    for (long hash = 1; hash < 5000; hash++) {
      distinct.addOrGiveUp(hash);
    }
    assertThat(distinct.holds(), is(false));
    assertThat(distinct.isRepeated(), is(false));
    assertThat("all given back", budget.take(1000), is(true));
  }
}
