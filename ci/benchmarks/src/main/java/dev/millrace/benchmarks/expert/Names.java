package dev.millrace.benchmarks.expert;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.stream.Stream;

/** The values of the fields that have few. */
final class Names {
  static final byte[][] TYPES =
      ascii(
          "page_view",
          "search",
          "product_view",
          "add_to_cart",
          "checkout",
          "purchase",
          "refund",
          "sign_in");
  static final byte[][] DEVICES = ascii("desktop", "mobile", "tablet", "tv", "console");

  private Names() {}

  private static byte[][] ascii(String... names) {
    return Stream.of(names).map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
  }
}
