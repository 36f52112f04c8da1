package dev.millrace.quarantine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineContextTest {

  @ParameterizedTest
  @CsvSource({
    ",1,p,2,contract",
    "c,,p,2,contractVersion",
    "c,1,,2,pipeline",
    "c,1,p,,pipelineVersion",
    "c,1,p,'',pipelineVersion"
  })
  void namesTheValueThatIsMissing(
      String contract, String contractVersion, String pipeline, String version, String missing) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new QuarantineContext(contract, contractVersion, pipeline, version));

    assertThat(error.getMessage(), equalTo("Missing required value: " + missing));
  }
}
