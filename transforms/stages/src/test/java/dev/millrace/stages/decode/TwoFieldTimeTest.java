package dev.millrace.stages.decode;

import static dev.millrace.testing.RecordMatchers.happenedAt;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.millrace.stages.contract.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The event time of records that have their date and their time of day in two fields. */
class TwoFieldTimeTest {

  private static Contract contract(String date, String time, String... settings) {
    String properties =
        """
          - {name: day, logicalType: %s}
          - {name: dep, logicalType: %s}
        """
            .formatted(date, time);
    String[] all = new String[settings.length + 1];
    all[0] = "millrace.eventTimeOfDayField: dep";
    System.arraycopy(settings, 0, all, 1, settings.length);
    return Contracts.of(properties, "day", all);
  }

  private static Decoded decode(Contract contract, String day, String dep) {
    return Decoded.of(contract, "{\"dep\":%s,\"day\":\"%s\"}".formatted(dep, day));
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 5, 2001-01-15T00:05:00Z", "integer, 530, 2001-01-15T05:30:00Z",
    "integer, 2359, 2001-01-15T23:59:00Z", "integer, 2400, 2001-01-16T00:00:00Z",
    "string, '\"0530\"', 2001-01-15T05:30:00Z", "string, '\"5\"', 2001-01-15T00:05:00Z",
    "time, '\"05:30:15.25\"', 2001-01-15T05:30:15.250Z"
  })
  void putsADateAndATimeOfDayTogether(String type, String dep, String time) {
    for (String dateType : new String[] {"date", "string"}) {
      Decoded decoded = decode(contract(dateType, type), "2001-01-15", dep);
      assertThat(decoded.violations(), empty());
      assertThat(decoded.passed(), happenedAt(time));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Clocks went forward from 02:00 to 03:00 on 2001-04-01, and back from 02:00 on 2001-10-28.
    "2001-04-01, 159, 2001-04-01T06:59:00Z", "2001-04-01, 230, 2001-04-01T07:30:00Z",
    "2001-04-01, 300, 2001-04-01T07:00:00Z", "2001-10-28, 130, 2001-10-28T05:30:00Z",
    "2001-10-28, 200, 2001-10-28T07:00:00Z", "2001-07-01, 2400, 2001-07-02T04:00:00Z"
  })
  void readsBothByTheClockOfTheZone(String day, String dep, String time) {
    Contract contract = contract("date", "integer", "millrace.eventTimeZone: America/New_York");
    assertThat(decode(contract, day, dep).passed(), happenedAt(time));
  }

  @Test
  void readsBothByTheirFormats() {
    Contract contract =
        contract(
            "string",
            "string",
            "millrace.eventTimeFormat: MM/dd/yyyy",
            "millrace.eventTimeOfDayFormat: hh:mm a");
    assertThat(
        decode(contract, "01/15/2001", "\"05:30 PM\"").passed(),
        happenedAt("2001-01-15T17:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"560", "2401", "-1", "12345"})
  void refusesWhatIsNoTimeOfDay(String dep) {
    assertThat(
        decode(contract("date", "integer"), "2001-01-15", dep).violations(),
        contains(
            "INVALID_EVENT_TIME dep: Invalid dep: %s (expected a time of day such as 0730)"
                .formatted(dep)));
  }

  @Test
  void demandsBoth() {
    Contract contract = contract("date", "integer");
    assertThat(
        Decoded.of(contract, "{}").violations(),
        contains(
            "MISSING_FIELD day: Missing required value: day",
            "MISSING_FIELD dep: Missing required value: dep"));
    assertThat(
        decode(contract, "2001-02-30", "530").violations(),
        contains(
            "INVALID_EVENT_TIME day: Invalid day: \"2001-02-30\" (expected a date such as 2001-01-15)"));
  }

  @Test
  void refusesWhatIsNotPlausibleTogether() {
    Contract contract = contract("date", "integer", "millrace.eventTimeMax: 2001-01-16");
    assertThat(
        decode(contract, "2001-01-15", "2400").violations(),
        contains(
            "IMPLAUSIBLE_EVENT_TIME day: Invalid day: 2001-01-16T00:00:00Z (expected before 2001-01-16T00:00:00Z)"));
  }
}
