package dev.millrace.stages.contract;

import dev.millrace.stages.contract.odcs.Words;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The formats of strings that the standard names. What a {@code password} or {@code binary} looks
 * like it doesn't say, so that any text is one.
 */
enum TextFormat {
  /** Base64 with padding (RFC 4648, section 4). */
  BYTE("Base64", 1 << 20, TextFormat::isBase64),
  /** An address as HTML's input fields have it (the WHATWG's pattern), up to 254 characters. */
  EMAIL("an email address", 254, matching(Patterns.EMAIL)),
  /** RFC 9562 in its text form, of any version. */
  UUID("a UUID", 36, matching(Patterns.UUID)),
  /** With a scheme (RFC 3986, as java.net.URI reads it). */
  URI("a URI with a scheme", 1 << 16, TextFormat::isUri),
  /** RFC 1123. */
  HOSTNAME("a host name", 253, matching(Patterns.HOSTNAME)),
  /** Four decimal numbers without leading zeros. */
  IPV4("an IPv4 address", 15, matching(Patterns.IPV4)),
  /** RFC 4291, without a zone. */
  IPV6("an IPv6 address", 45, TextFormat::isIpv6),
  /** Any text. */
  PASSWORD("a password", Integer.MAX_VALUE, text -> true),
  /** Any text. */
  BINARY("binary", Integer.MAX_VALUE, text -> true);

  /** None of them can match in two ways, so that all are done in linear time. */
  private static final class Patterns {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String BYTE_NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String EMAIL =
        "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@" + LABEL + "(?:\\." + LABEL + ")*";
    private static final String UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
    private static final String HOSTNAME = LABEL + "(?:\\." + LABEL + ")*";
    private static final String IPV4 = BYTE_NUMBER + "(?:\\." + BYTE_NUMBER + "){3}";
  }

  private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final String expected;
  private final int mostBytes;

  @SuppressWarnings("ImmutableEnumChecker") // a function of its argument, like the patterns
  private final Predicate<String> test;

  TextFormat(String expected, int mostBytes, Predicate<String> test) {
    this.expected = expected;
    this.mostBytes = mostBytes;
    this.test = test;
  }

  private static Predicate<String> matching(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return text -> compiled.matcher(text).matches();
  }

  /** The format of a name in a contract. */
  static Optional<TextFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> Words.of(format).equals(name)).findFirst();
  }

  /** What comes after "expected" in a message. */
  String expected() {
    return expected;
  }

  boolean matches(byte[] utf8, int start, int length) {
    return length <= mostBytes
        && test.test(new String(utf8, start, length, StandardCharsets.UTF_8));
  }

  private static boolean isBase64(String text) {
    try {
      // The decoder does without padding; the standard's alphabet asks for it.
      return text.length() % 4 == 0 && Base64.getDecoder().decode(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).getScheme() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Java resolves no name that has a colon: it is an address or it is refused. */
  private static boolean isIpv6(String text) {
    try {
      return IPV6_LETTERS.matcher(text).matches() && InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
