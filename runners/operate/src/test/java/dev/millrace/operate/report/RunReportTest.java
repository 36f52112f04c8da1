package dev.millrace.operate.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.millrace.operate.Manifests;
import dev.millrace.operate.RunState;
import dev.millrace.operate.publish.Reports;
import dev.millrace.record.Disposition;
import dev.millrace.record.Expectation;
import dev.millrace.record.Tally;
import dev.millrace.record.Threshold;
import dev.millrace.record.Threshold.Operator;
import dev.millrace.record.Threshold.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RunReportTest {

  @Test
  void writesJsonAsTheGoldenHasIt() throws IOException {
    assertThat(Reports.of(Manifests.balanced()).json(), is(golden("report.json")));
  }

  @Test
  void writesTheSameKeysForARunThatReadNothing() throws IOException {
    assertThat(Reports.of(new Manifests()).json(), is(golden("report-of-nothing.json")));
  }

  @Test
  void summarisesAPublishedRun() {
    assertThat(
        Reports.of(Manifests.balanced()).summary(),
        contains(
            "ingest on DirectRunner, run run-1",
            "",
            "  read                                20",
            "  published                           14",
            "  rejected                             3",
            "    malformed                          2",
            "    conflicting_key                    1",
            "  duplicate                            1",
            "  late                                 1",
            "    dt=2001-01-02                      1",
            "  filtered                             1",
            "",
            "Balanced: 20 read = 14 published + 3 rejected + 1 duplicate + 1 late + 1 filtered",
            "Published 2 partitions, 140 bytes, in 6.8 s",
            "",
            "  records     /out/records",
            "  aggregates  /out/aggregates",
            "  late        /out/late",
            "  quarantine  /out/quarantine/run=run-1",
            "  report      /out/report.html"));
  }

  @Test
  void neverCallsPublishedWhatIsOnlyStaged() {
    RunReport report = Reports.of(RunState.STAGED, Manifests.balanced());
    assertThat(
        report.summary().subList(2, 5).get(1), is("  staged                              14"));
    assertThat(
        report.summary().subList(12, 17),
        contains(
            "Balanced: 20 read = 14 staged + 3 rejected + 1 duplicate + 1 late + 1 filtered",
            "Staged 2 partitions, 140 bytes, in 6.8 s",
            "Nothing is published: readers see what was there before",
            "",
            "  records     /out/_staging/run-1/records"));
    assertThat(report.json(), containsString("\"balanced\": true,\n  \"state\": \"staged\""));
    String page = ReportPage.of(report, Map.of()).html();
    assertThat(page, containsString("<title>Staged: ingest run-1</title>"));
    assertThat(page, containsString("The output is as it was before this run."));
    assertThat(page, containsString("<span class=\"meaning\">ready, and not published</span>"));
  }

  @Test
  void summarisesARunThatWasNotPublished() {
    List<String> lines =
        Reports.of(Manifests.balanced().count(Tally.of(Disposition.READ), 1)).summary();
    assertThat(
        lines.subList(12, 17),
        contains(
            "Not published: 1 of 8 checks failed",
            "  Cannot publish: 21 read, but 14 published + 3 rejected + 1 duplicate + 1 late"
                + " + 1 filtered: 1 record unaccounted for",
            "",
            "  records     /out/_staging/run-1/records",
            "  aggregates  /out/_staging/run-1/aggregates"));
  }

  @Test
  void saysWhatRulesCounted() {
    Manifests run =
        Manifests.balanced()
            .count(new Tally(Disposition.FLAGGED, "schema[0].quality[0]", "", -1), 7);
    Threshold none = Threshold.of(Operator.MUST_BE, 0, Unit.ROWS);
    RunReport report =
        Reports.of(
            run,
            new Expectation(
                "schema[0].quality[0]", "delay", "nullValues", "Known", "warning", none),
            new Expectation("schema[0].quality[1]", "", "rowCount", "", "error", none));

    assertThat(report.balanced(), is(true));
    assertThat(
        report.summary(),
        hasItem("Warning: delay: nullValues counts 7 of 14 records (50.0 %), mustBe: 0"));
    assertThat(
        report.json(),
        containsString(
            """
              "rules": [
                {
                  "field": "delay",
                  "rule": "nullValues",
                  "description": "Known",
                  "severity": "warning",
                  "threshold": "mustBe: 0",
                  "count": 7,
                  "of": 14,
                  "kept": false,
                  "at": "schema[0].quality[0]"
                },
                {
                  "field": null,
                  "rule": "rowCount",
                  "description": null,
                  "severity": "error",
                  "threshold": "mustBe: 0",
                  "count": 0,
                  "of": 14,
                  "kept": true,
                  "at": "schema[0].quality[1]"
                }
              ],
            """));
    String page = ReportPage.of(report, Map.of()).html();
    assertThat(page, containsString("<code>nullValues</code> counts 7 of 14 records (50.0 %)"));
    assertThat(page, containsString("<span class=\"verdict\">warning</span>"));
    assertThat(page, containsString("<span class=\"verdict\">Kept</span>"));
  }

  @Test
  void saysWhatWasReadOfFilesAndOfATopic() {
    RunReport report =
        Reports.of(
            new Manifests()
                .count(new Tally(Disposition.READ, "files", "", -1), 1_200)
                .count(new Tally(Disposition.READ, "flights/0 from offset 17", "", -1), 30));

    assertThat(
        report.summary().subList(2, 5),
        contains(
            "  read                             1,230",
            "    files                          1,200",
            "    flights/0 from offset 17          30"));
    assertThat(
        report.json(),
        containsString(
            """
              "readBySource": {
                "files": 1200,
                "flights/0 from offset 17": 30
              },
            """));
    assertThat(
        ReportPage.of(report, Map.of()).html(),
        containsString("<span>30 of flights/0 from offset 17</span>"));
  }

  @Test
  void sumsHoursOverHourlyPartitions() {
    Manifests hourly =
        new Manifests()
            .count(new Tally(Disposition.PUBLISHED, "", "dt=2001-01-01/hour=07", 7), 3)
            .count(new Tally(Disposition.PUBLISHED, "", "dt=2001-01-01/hour=23", 23), 4);
    assertThat(
        Reports.of(hourly).hours(),
        is(new TreeMap<>(Map.of("2001-01-01T07", 3L, "2001-01-01T23", 4L))));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = RunReportTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
