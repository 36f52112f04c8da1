package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Contracts.check;
import static dev.millrace.stages.contract.Contracts.rule;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {

  private static List<Violation> violations(String format, String text) {
    return check(rule("string", "logicalTypeOptions: {format: " + format + "}"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "email, a.b+c@example.co.uk",
    "email, a@localhost",
    "email, o'neill@xn--bcher-kva.example",
    "uuid, 123e4567-e89b-12d3-a456-426614174000",
    "uuid, FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    "uri, https://example.com/a?b=c#d",
    "uri, urn:isbn:0451450523",
    "uri, mailto:a@b.c",
    "hostname, example",
    "hostname, a-b.1.example",
    "ipv4, 0.0.0.0",
    "ipv4, 255.249.199.10",
    "ipv6, ::",
    "ipv6, ::1",
    "ipv6, 2001:db8::ff00:42:8329",
    "ipv6, ::ffff:192.0.2.1",
    "byte, ''",
    "byte, aGVsbG8=",
    "password, x",
    "binary, '\u0001'"
  })
  void acceptsWhatIsWrittenSo(String format, String text) {
    assertThat(violations(format, text), is(empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "email, a",
    "email, a@",
    "email, a b@c.d",
    "email, a@-b.c",
    "email, é@b.c",
    "email, a@b.c@d",
    "uuid, 123e4567e89b12d3a456426614174000",
    "uuid, 123e4567-e89b-12d3-a456-42661417400g",
    "uri, /a/b",
    "uri, 'http://a b'",
    "uri, ''",
    "hostname, -a",
    "hostname, a..b",
    "hostname, a_b",
    "hostname, ''",
    "ipv4, 1.2.3",
    "ipv4, 1.2.3.256",
    "ipv4, 01.2.3.4",
    "ipv4, 1.2.3.4.5",
    "ipv6, 1.2.3.4",
    "ipv6, :::",
    "ipv6, 1::2::3",
    "ipv6, 12345::",
    "ipv6, fe80::1%eth0",
    "ipv6, localhost",
    "byte, aGVsbG8",
    "byte, a-_="
  })
  void refusesWhatIsNot(String format, String text) {
    List<Violation> violations = violations(format, text);
    assertThat(violations, hasSize(1));
    assertThat(violations.get(0).reason(), is(RejectReason.INVALID_VALUE));
    assertThat(violations.get(0).rule(), is("format: " + format));
    assertThat(
        violations.get(0).message(),
        is(
            "Found \"%s\", expected %s"
                .formatted(text, TextFormat.named(format).orElseThrow().expected())));
  }

  @Test
  void takesLongTextsForNoneOfTheShortFormats() {
    assertThat(violations("email", "a@" + "b.".repeat(500_000) + "c"), hasSize(1));
    assertThat(violations("hostname", "a".repeat(1_000_000)), hasSize(1));
    assertThat(violations("ipv6", ":".repeat(1_000_000)), hasSize(1));
  }
}
