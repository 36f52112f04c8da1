package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OverlapTest {

  private static Interval interval(int from, int to) {
    return new Interval(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }

  private static Overlap.Taken taken(int from, int to) {
    return new Overlap.Taken("b" + from, interval(from, to));
  }

  @Test
  void isNotWhereOneEndsAndTheOtherStarts() {
    assertThat(
        Overlap.find(List.of(interval(1, 2), interval(3, 4)), List.of(taken(2, 3), taken(4, 5))),
        is(Optional.empty()));
  }

  @Test
  void isTheFirstByTime() {
    assertThat(
        Overlap.find(List.of(interval(5, 6), interval(0, 9)), List.of(taken(8, 9), taken(5, 6))),
        is(Optional.of(taken(5, 6))));
  }

  @RepeatedTest(100)
  void isFoundIfThereIsOne(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Interval> mine =
        IntStream.range(0, random.nextInt(4))
            .map(i -> random.nextInt(60))
            .mapToObj(from -> interval(from, from + 1 + random.nextInt(8)))
            .toList();
    List<Overlap.Taken> others =
        IntStream.range(0, random.nextInt(4))
            .map(i -> random.nextInt(60))
            .mapToObj(from -> taken(from, from + 1 + random.nextInt(8)))
            .toList();
    boolean expected =
        others.stream().anyMatch(other -> mine.stream().anyMatch(other.interval()::overlaps));
    Optional<Overlap.Taken> found = Overlap.find(mine, others);
    assertThat(found.isPresent(), is(expected));
    found.ifPresent(
        other -> assertThat(mine.stream().anyMatch(other.interval()::overlaps), is(true)));
  }
}
