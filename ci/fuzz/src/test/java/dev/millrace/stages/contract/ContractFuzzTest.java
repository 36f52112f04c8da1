package dev.millrace.stages.contract;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.stages.contract.odcs.ContractException;
import java.nio.charset.StandardCharsets;

/** A contract: compiled, or refused with the place of every error. */
class ContractFuzzTest {
  private static final String ERROR = "fuzzed.odcs.yaml(:\\d+)?: .*";

  @FuzzTest(maxDuration = "2m")
  void isCompiledOrRefusedWithPlaces(byte[] yaml) {
    try {
      Contract contract =
          Contract.parse("fuzzed.odcs.yaml", new String(yaml, StandardCharsets.UTF_8));
      assertNotNull(contract.eventTime());
    } catch (ContractException e) {
      for (String line : e.getMessage().split("\n", -1)) {
        assertTrue(line.matches(ERROR), line);
      }
    }
  }
}
