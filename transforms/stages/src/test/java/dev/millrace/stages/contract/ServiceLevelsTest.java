package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.FLIGHTS;
import static dev.millrace.stages.contract.Contracts.parse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceLevelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "property: latency, value: 4, unit: h | PT4H",
        "property: ly, value: 4, unit: d | PT96H",
        "property: Latency, value: 1.5, unit: Hours | PT1H30M",
        "property: latency, value: '30', unit: min | PT30M",
        "property: latency, value: 90, unit: s | PT90S",
        "property: latency, value: 2, unit: weeks | PT336H",
        "property: latency, value: 1, unit: yr | PT8760H",
        "property: latency, value: 0, unit: d | PT0S",
        "property: latency, value: 6h | PT6H",
        "property: latency, value: PT1H30M | PT1H30M",
        "property: latency, value: 4, unit: h, element: flights | PT4H",
        "property: latency, value: 4, unit: h, element: flights.date | PT4H",
        "property: latency, value: 4, unit: h, element: 'other, flights.date' | PT4H"
      })
  void readsHowLongAfterItsEndAPartitionIsDue(String level, Duration latency) {
    Contract contract = parse(FLIGHTS + "slaProperties: [{%s}]\n".formatted(level));

    assertThat(contract.latency(), is(Optional.of(latency)));
    assertThat(contract.unchecked(), is(empty()));
  }

  @Test
  void hasNoneWithoutOne() {
    assertThat(parse(FLIGHTS).latency(), is(Optional.empty()));
  }

  @Test
  void takesTheShortest() {
    String levels =
        """
        slaProperties:
          - {property: latency, value: 4, unit: h}
          - {property: latency, value: 30, unit: min}
          - {property: latency, value: 1, unit: d}
        """;
    assertThat(parse(FLIGHTS + levels).latency(), is(Optional.of(Duration.ofMinutes(30))));
  }

  @Test
  void goesByTheDefaultElement() {
    String level = "slaProperties: [{property: latency, value: 4, unit: h}]\n";

    assertThat(
        parse(FLIGHTS + level + "slaDefaultElement: flights.date\n").latency(),
        is(Optional.of(Duration.ofHours(4))));
    assertThat(
        uncheckedOf(level + "slaDefaultElement: tab1.txn_ref_dt\n"),
        contains("service level latency: there is no schema object tab1 (at slaProperties[0])"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value: 4",
        "value: four, unit: h",
        "value: 4, unit: fortnights",
        "value: -4, unit: h",
        "value: 101, unit: y",
        "value: 1e300, unit: d",
        "value: true, unit: h",
        "value: -PT1H"
      })
  void listsWhatItCannotRead(String level) {
    assertThat(
        uncheckedOf("slaProperties: [{property: latency, %s}]\n".formatted(level)),
        contains(
            "service level latency: it is not a time with a unit such as h (at slaProperties[0])"));
  }

  @Test
  void listsThoseOfOtherThingsThanTheTable() {
    String levels =
        """
        slaProperties:
          - {property: latency, value: 4, unit: h, element: flights.delay}
          - {property: frequency, value: 1, unit: d}
        """;
    assertThat(
        uncheckedOf(levels),
        contains(
            "service level latency: it is not that of the event time (at slaProperties[0])",
            "service level frequency (at slaProperties[1])"));
  }

  private static List<String> uncheckedOf(String levels) {
    Contract contract = parse(FLIGHTS + levels);
    assertThat(contract.latency(), is(Optional.empty()));
    return contract.unchecked().stream().map(line -> line.split("Not checked: ", 2)[1]).toList();
  }
}
