package dev.millrace.stages.decode;

import static dev.millrace.testing.Elements.assertElements;
import static dev.millrace.testing.RecordMatchers.hasOriginal;
import static dev.millrace.testing.RecordMatchers.hasValue;
import static dev.millrace.testing.RecordMatchers.rejectedFor;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Outcome;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.Contract;
import dev.millrace.testing.PipelineExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules over several fields of a record. */
@ExtendWith(PipelineExtension.class)
class RecordRulesTest {
  private static final String GOOD =
      "{\"id\":\"a\",\"at\":\"2001-01-15T07:30:00Z\",\"delay\":5,\"distance\":5}";
  private static final String UNKNOWN =
      "{\"id\":\"b\",\"at\":\"2001-01-15T07:30:00Z\",\"delay\":5}";
  private static final String BROKEN =
      "{\"id\":\"B\",\"at\":\"2001-01-15T07:30:00Z\",\"delay\":\"5\",\"distance\":4}";
  private static final String ZERO =
      "{\"id\":\"c\",\"at\":\"2001-01-15T07:30:00Z\",\"delay\":1,\"distance\":0}";
  private static final String WRONG = "{\"id\":\"D\",\"delay\":900,\"distance\":4}";

  private static Contract contract() {
    String rules =
        """
          quality:
          - {type: sql, query: 'delay <= distance', mustBe: true}
          - {type: sql, query: 'id = lower(id)', mustBe: 0}
          - {type: sql, query: 'delay / distance < 100', mustBe: 0}
        """;
    return Contracts.of(Contracts.FLIGHTS + rules, "at", "millrace.coercion: lossless");
  }

  @Test
  void rejectsWhatBreaksAConditionWithItsOriginalBytes(TestPipeline pipeline) {
    Outcome<Record> outcome =
        pipeline
            .apply(
                "Blocks",
                Create.of(RawBlock.ofLines("x", GOOD, UNKNOWN, BROKEN, ZERO, WRONG))
                    .withCoder(RawBlock.BlockCoder.of()))
            .apply("Decode", DecodeRecords.against(contract()));

    assertElements(
        outcome.passed(), () -> containsInAnyOrder(hasValue("id", "a"), hasValue("id", "b")));
    assertElements(
        outcome.rejected(),
        () ->
            containsInAnyOrder(
                allOf(
                    rejectedFor(RejectReason.BROKEN_CONDITION, RejectReason.BROKEN_CONDITION),
                    hasOriginal(BROKEN)),
                allOf(
                    rejectedFor(RejectReason.BROKEN_CONDITION, RejectReason.BROKEN_CONDITION),
                    hasOriginal(ZERO)),
                allOf(
                    rejectedFor(RejectReason.OUT_OF_RANGE, RejectReason.MISSING_FIELD),
                    hasOriginal(WRONG))));
    pipeline.run();
  }

  @Test
  void saysWhatARecordHasAndWhatWasExpected() {
    assertThat(
        rejects(BROKEN).get(0).violations(),
        contains(
            broken("delay <= distance", "delay = 5, distance = 4.0"),
            broken("id = lower(id)", "id = \"B\"")));
    assertThat(
        rejects(ZERO).get(0).violations(),
        contains(
            broken("delay <= distance", "delay = 1, distance = 0.0"),
            broken(
                "delay / distance < 100", "delay = 1, distance = 0.0: the result is no number")));
  }

  @Test
  void judgesEachRecordByItself() {
    assertThat(
        rejects(BROKEN, GOOD, ZERO, UNKNOWN, BROKEN).stream().map(r -> r.raw().offset()).toList(),
        is(
            List.of(
                0L,
                (long) BROKEN.length() + GOOD.length() + 2,
                (long) BROKEN.length() + GOOD.length() + ZERO.length() + UNKNOWN.length() + 4)));
  }

  private static Violation broken(String query, String found) {
    return new Violation(
        RejectReason.BROKEN_CONDITION,
        "",
        "query: " + query,
        "Invalid record: " + found + " (expected " + query + ")");
  }

  private static List<Rejected> rejects(String... lines) {
    List<Rejected> rejects = new ArrayList<>();
    BlockDecoder.against(contract()).check(RawBlock.ofLines("x", lines), rejects::add);
    return rejects;
  }
}
