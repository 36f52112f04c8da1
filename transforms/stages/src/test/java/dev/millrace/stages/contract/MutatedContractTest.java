package dev.millrace.stages.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.stages.Mutations;
import dev.millrace.stages.contract.odcs.ContractException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Damaged contracts: each is compiled or refused with lines that say where, and nothing else. */
class MutatedContractTest {
  private static final Pattern ERROR = Pattern.compile("flights\\.odcs\\.yaml:\\d+: [A-Z].*");

  @Test
  void anEmptyTypeIsNoType() {
    ContractException failure =
        assertThrows(
            ContractException.class,
            () -> Contracts.parse(Contracts.flights("logicalType: timestamp", "logicalType: ''")));

    assertThat(failure.getMessage(), containsString("flights.odcs.yaml:11: Invalid logicalType: "));
  }

  @Test
  void aProblemIsOnOneLineWhateverItQuotes() {
    ContractException failure =
        assertThrows(
            ContractException.class,
            () -> Contracts.parse(Contracts.FLIGHTS + "!!\n      - a: b\n"));

    assertThat(failure.getMessage(), not(containsString("\n")));
  }

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          "- ",
          "\n",
          "\n  ",
          "\n- ",
          "'",
          "\"",
          "#",
          "&a ",
          "*a",
          "<<: *a",
          "!!int ",
          "!x ",
          "|\n",
          ">\n",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "\t",
          "\u0000",
          "\ufeff",
          "null",
          "~",
          "true",
          "yes",
          "0x1F",
          "1e999",
          ".nan",
          "-.inf",
          "-1",
          "99999999999999999999",
          "logicalType: object",
          "logicalType: array",
          "quality: []",
          "required: maybe",
          "pattern: '('",
          "value: P1D",
          "minimum: 5",
          "maximum: 1",
          "? ");

  @Test
  void isCompiledOrRefusedWithPlaces() {
    Mutations mutations = new Mutations(31, TOKENS);
    List<byte[]> inputs =
        List.of(
            Contracts.FLIGHTS.getBytes(StandardCharsets.UTF_8),
            Contracts.flightsWith(
                    "millrace.dedupHorizon",
                    "2h",
                    "millrace.unknownFields",
                    "keep",
                    "millrace.eventTimeMin",
                    "2001-01-01",
                    "millrace.partition",
                    "hour")
                .getBytes(StandardCharsets.UTF_8));
    int compiled = 0;
    int refused = 0;
    for (int i = 0; i < Mutations.cases(10_000); i++) {
      String yaml = new String(mutations.of(inputs), StandardCharsets.UTF_8);
      try {
        Contract contract = Contracts.parse(yaml);
        assertThat(yaml, contract.eventTime(), notNullValue());
        compiled++;
      } catch (ContractException e) {
        refused++;
        for (String line : e.getMessage().split("\n", -1)) {
          assertThat(yaml + "\n\n" + line, ERROR.matcher(line).matches(), is(true));
        }
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("not refused as a contract: " + yaml, e);
      }
    }
    assertThat(compiled, greaterThan(100));
    assertThat(refused, greaterThan(3000));
  }
}
