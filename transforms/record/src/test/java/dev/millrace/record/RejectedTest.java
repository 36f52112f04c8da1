package dev.millrace.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RejectedTest {
  private static final Violation RANGE =
      new Violation(RejectReason.OUT_OF_RANGE, "delay", "maximum: 720", "900 is above 720");

  @Test
  void hasAnIdOfItsContent() {
    assertThat(
        rejected("decode", RANGE, "a.json", 1, "{}").id(), is("2a47d41e8b22c77bc03c15587eed0758"));
  }

  @Test
  void hasTheSameIdWhereverItWasReadAndHoweverItIsWorded() {
    Violation reworded =
        new Violation(RejectReason.OUT_OF_RANGE, "delay", "maximum: 720", "more than 720");

    assertThat(
        rejected("decode", reworded, "b.json", 2, "{}").id(),
        is(rejected("decode", RANGE, "a.json", 1, "{}").id()));
  }

  @Test
  void hasAnotherIdForAnotherFailureOrOtherBytes() {
    String id = rejected("decode", RANGE, "a.json", 1, "{}").id();

    assertThat(rejected("dedup", RANGE, "a.json", 1, "{}").id(), is(not(id)));
    assertThat(rejected("decode", RANGE, "a.json", 1, "{ }").id(), is(not(id)));
    for (Violation other :
        List.of(
            new Violation(RejectReason.WRONG_TYPE, "delay", "maximum: 720", ""),
            new Violation(RejectReason.OUT_OF_RANGE, "delaym", "aximum: 720", ""),
            new Violation(RejectReason.OUT_OF_RANGE, "delay", "maximum: 7", "20"))) {
      assertThat(rejected("decode", other, "a.json", 1, "{}").id(), is(not(id)));
    }
  }

  @Test
  void hasAnIdOfItsKeyWhereAMessageHasNoValue() {
    assertThat(tombstone(1).id(), is(tombstone(1).id()));
    assertThat(tombstone(1).id(), is(not(tombstone(2).id())));
  }

  private static Rejected tombstone(int key) {
    Envelope envelope =
        Envelope.ofTombstone(OptionalLong.of(0), new byte[] {(byte) key}, List.of());
    return Rejected.of(
        "decode",
        new Violation(RejectReason.TOMBSTONE, "", "", ""),
        new RawRecord("t/0", 1, new byte[0], envelope));
  }

  @Test
  void isCountedUnderItsFirstReason() {
    Rejected rejected =
        new Rejected(
            "decode",
            List.of(RANGE, new Violation(RejectReason.WRONG_TYPE, "", "", "")),
            new RawRecord("a", 0, new byte[0]),
            OptionalLong.empty());

    assertThat(rejected.reason(), is(RejectReason.OUT_OF_RANGE));
    assertThat(rejected.reason().code(), is("out_of_range"));
  }

  @Test
  void isWhatWasRejectedAtAPlaceWithTheBytesReadThere() {
    RawRecord original = new RawRecord("a.json", 7, "{}".getBytes(StandardCharsets.UTF_8));
    RejectedAt place = new RejectedAt("decode", List.of(RANGE), "a.json", 7, 5);

    assertThat(
        place.with(original),
        is(new Rejected("decode", List.of(RANGE), original, OptionalLong.of(5))));
  }

  @Test
  void needsAViolation() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Rejected(
                    "decode", List.of(), new RawRecord("a", 0, new byte[0]), OptionalLong.empty()));

    assertThat(failure.getMessage(), is("Missing required value: violations"));
  }

  private static Rejected rejected(
      String stage, Violation violation, String source, long offset, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return Rejected.of(stage, violation, new RawRecord(source, offset, bytes));
  }
}
