package dev.millrace.operate.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.millrace.operate.Manifests;
import dev.millrace.operate.publish.Reports;
import dev.millrace.record.Disposition;
import dev.millrace.record.RawRecord;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import dev.millrace.record.Tally;
import dev.millrace.record.Violation;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

final class ReportPageTest {
  private static final String HOSTILE = "</pre><script>alert('x')</script>&\"";

  @Test
  void showsARunThatBalances() {
    String page = page(Manifests.balanced(), Map.of());
    assertThat(page, containsString("<title>Published: ingest run-1</title>"));
    assertThat(page, containsString("20 records read, and every one accounted for."));
    assertThat(
        page,
        containsString("20 read = 14 published + 3 rejected + 1 duplicate + 1 late + 1 filtered"));
    assertThat(page, containsString("2001-01-01T07:00 UTC: 6 rows"));
    assertThat(page, containsString("latency 4h (at schema[0])"));
  }

  @Test
  void saysWhyARunWasNotPublished() {
    String page = page(Manifests.balanced().count(Tally.of(Disposition.READ), 1), Map.of());
    assertThat(page, containsString("<title>Not published: ingest run-1</title>"));
    assertThat(page, containsString("<li>Cannot publish: 21 read, but"));
    assertThat(page, containsString("unaccounted for</span>"));
  }

  @Test
  void showsARunThatReadNothing() {
    String page = page(new Manifests(), Map.of());
    assertThat(page, containsString("Cannot publish: the input holds no records"));
    assertThat(page, containsString("No record was rejected."));
    assertThat(page, containsString("The run wrote no partition."));
  }

  @Test
  void escapesWhateverARecordHolds() {
    Rejected rejected =
        Rejected.of(
            "decode",
            new Violation(RejectReason.MALFORMED, HOSTILE, HOSTILE, HOSTILE),
            new RawRecord(HOSTILE, 7, (HOSTILE + "\u0000\u202e").getBytes(StandardCharsets.UTF_8)));
    String page = page(Manifests.balanced(), Map.of("malformed", List.of(rejected)));
    assertThat(page, not(containsString("<script")));
    assertThat(page, not(containsString("alert('")));
    assertThat(page, not(containsString("\u202e")));
    assertThat(
        page,
        containsString(
            "<pre dir=\"ltr\">&lt;/pre&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"
                + "&quot;⟨U+0000⟩⟨U+202E⟩</pre>"));
  }

  @Test
  void loadsNothingAndRunsNothing() {
    String page = page(Manifests.balanced(), Map.of());
    assertThat(page, containsString("content=\"default-src &#39;none&#39;;"));
    assertThat(page, not(containsString("<script")));
    assertThat(page, not(containsString("http:")));
    assertThat(page, not(containsString("https:")));
    assertThat(page, not(containsString("url(")));
  }

  @Test
  void closesEveryElement() throws Exception {
    Rejected rejected =
        Rejected.of(
            "decode",
            new Violation(RejectReason.MALFORMED, "", "", "Invalid JSON"),
            new RawRecord("in.ndjson", 7, HOSTILE.getBytes(StandardCharsets.UTF_8)));
    Document page =
        parsed(page(Manifests.balanced(), Map.of("malformed", List.of(rejected, rejected))));
    assertThat(page.getElementsByTagName("section").getLength(), is(6));
    assertThat(page.getElementsByTagName("article").getLength(), is(2));
    assertThat(page.getElementsByTagName("rect").getLength(), is(50));
  }

  @Test
  void foldsTheExamplesOfAllButTheFirstReasons() throws Exception {
    Manifests run = new Manifests();
    Map<String, List<Rejected>> examples = new TreeMap<>();
    for (RejectReason reason : RejectReason.values()) {
      run.file("quarantine", "reason=" + reason.code(), 0, 1);
      examples.put(
          reason.code(),
          List.of(
              Rejected.of(
                  "decode",
                  new Violation(reason, "", "", "Invalid"),
                  new RawRecord("in.ndjson", 7, new byte[0]))));
    }
    String page = page(run, examples);
    assertThat(page.split("<details", -1).length - 1, is(RejectReason.values().length));
    assertThat(page.split("<details open", -1).length - 1, is(4));
  }

  private static String page(Manifests run, Map<String, List<Rejected>> examples) {
    return ReportPage.of(Reports.of(run), examples).html();
  }

  /** The page as XML, which it is but for the elements that HTML never closes. */
  private static Document parsed(String page)
      throws ParserConfigurationException, IOException, SAXException {
    String xml =
        page.replaceFirst("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
