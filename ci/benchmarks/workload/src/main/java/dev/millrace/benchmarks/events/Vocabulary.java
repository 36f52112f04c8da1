package dev.millrace.benchmarks.events;

/** The values of the event fields that have few. An absent term is a JSON null. */
final class Vocabulary {
  static final Term[] TYPES =
      Term.all(
          "page_view",
          "search",
          "product_view",
          "add_to_cart",
          "checkout",
          "purchase",
          "refund",
          "sign_in");
  static final Term[] COUNTRIES =
      Term.all(
          "DE", "FR", "IT", "ES", "PL", "NL", "BE", "AT", "CH", "SE", "NO", "DK", "FI", "IE", "GB",
          "PT", "GR", "CZ", "HU", "RO", "US", "CA", "MX", "BR", "AR", "JP", "KR", "IN", "AU", "NZ");
  static final Term[] DEVICES = Term.all("desktop", "mobile", "tablet", "tv", "console");
  static final Term[] CAMPAIGNS =
      Term.all(
          "spring-sale", "newsletter", "brand", "retargeting", "frühling", "app-launch", "loyalty");
  static final Term[] REFERRERS =
      Term.all(
          "https://www.google.com/",
          "https://duckduckgo.com/",
          "https://news.example.org/deals",
          "https://t.example.net/9f2c");
  static final Term[] USER_AGENTS = userAgents();

  /** The start of a page's address: a product's number follows it. */
  static final String[] PAGES = {
    "https://example.com/garden/p/",
    "https://example.com/kitchen/p/",
    "https://example.com/books/p/",
    "https://example.com/s?q=caf%C3%A9&p=",
  };

  private Vocabulary() {}

  private static Term[] userAgents() {
    String[] systems = {
      "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 14_5", "X11; Linux x86_64"
    };
    Term[] agents = new Term[40];
    for (int i = 0; i < agents.length - 1; i++) {
      agents[i] = Term.of("Firefox/" + (110 + i) + " (" + systems[i % 3] + ")");
    }
    agents[agents.length - 1] =
        Term.of("ExampleBot/2.1 (\"compatible\"; +https://example.com/bot)");
    return agents;
  }
}
