package dev.millrace.stages.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import dev.millrace.stages.contract.odcs.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lint finds something wrong where the standard's JSON Schema does. */
class LintAgreementTest {
  private static OdcsStandard standard;

  @BeforeAll
  static void find() {
    standard = OdcsStandard.find();
  }

  @Test
  void findsNothingWrongWithTheExamples() {
    List<Path> examples = standard.examples();
    assertThat(examples.size(), greaterThan(10));
    for (Path example : examples) {
      assertThat(standard.errors(OdcsStandard.read(example)), empty());
      assertThat(Lint.of(example).errors(), empty());
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void refusesWhatTheJsonSchemaRefuses(Edits.Edit edit) {
    assertThat("the standard", standard.errors(edit.yaml()), not(empty()));
    assertThat("lint", errors(edit), not(empty()));
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsWhatTheJsonSchemaAccepts(Edits.Edit edit) {
    assertThat("the standard", standard.errors(edit.yaml()), empty());
    assertThat("lint", errors(edit), empty());
  }

  @ParameterizedTest
  @MethodSource("stricter")
  void isStricterOnlyWhereAContractCannotBeMeant(Edits.Edit edit) {
    assertThat("the standard", standard.errors(edit.yaml()), empty());
    assertThat("lint", errors(edit), not(empty()));
  }

  static Stream<Edits.Edit> broken() {
    return Edits.BROKEN.stream();
  }

  static Stream<Edits.Edit> good() {
    return Edits.GOOD.stream();
  }

  static Stream<Edits.Edit> stricter() {
    return Edits.STRICTER.stream();
  }

  private static List<Finding> errors(Edits.Edit edit) {
    return Lint.of("orders.odcs.yaml", edit.yaml()).errors();
  }
}
