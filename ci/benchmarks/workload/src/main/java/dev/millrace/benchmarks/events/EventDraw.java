package dev.millrace.benchmarks.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The values of one event, drawn from its row. */
final class EventDraw {
  /** 2026-03-02T00:00:00Z, where the first of three days starts. */
  static final long START = 1_772_409_600_000L;

  private static final long HOUR = 3_600_000L;
  private static final int ATTRIBUTES = 5; // a stream of the row's numbers, as others have others

  long idHigh;
  long idLow;
  long timeMillis;
  int user;
  long session;
  Term type;
  Term country;
  Term device;
  int page;
  int product;
  Term referrer;
  Term userAgent;
  long amountCents;
  int quantity;
  long durationMillis;
  boolean signedIn;
  Term campaign;

  /** The further fields: the first is {@code attribute_1}. */
  final int[] attributes;

  private final Shape shape;
  private final Dice dice = new Dice();

  EventDraw(Shape shape) {
    this.shape = shape;
    this.attributes = new int[shape.attributes()];
  }

  /**
   * Draws the event of a row. Events come in the order of their time but for up to an hour; half of
   * the optional texts are absent.
   */
  void draw(long row, long rows) {
    dice.start(row, 0);
    idHigh = dice.next();
    idLow = Dice.mix(~row);
    timeMillis = shape.startMillis() + passed(row, rows) + dice.below((int) HOUR);
    user = dice.below(500_000);
    session = dice.next();
    type = Vocabulary.TYPES[skewed(Vocabulary.TYPES.length)];
    country = Vocabulary.COUNTRIES[skewed(Vocabulary.COUNTRIES.length)];
    device = Vocabulary.DEVICES[skewed(Vocabulary.DEVICES.length)];
    page = dice.below(Vocabulary.PAGES.length);
    product = dice.below(100_000);
    referrer = optional(Vocabulary.REFERRERS);
    userAgent = Vocabulary.USER_AGENTS[dice.below(Vocabulary.USER_AGENTS.length)];
    amountCents = dice.below(50_000);
    quantity = 1 + skewed(20);
    durationMillis = dice.below(120_000);
    signedIn = (dice.next() & 1) == 0;
    campaign = optional(Vocabulary.CAMPAIGNS);
    if (shape.skew() == Skew.GROUP && shape.skew().has(row, shape.skewed(), dice)) {
      timeMillis = shape.startMillis() + shape.spanMillis() / 2 / HOUR * HOUR + timeMillis % HOUR;
      type = Vocabulary.TYPES[0];
      country = Vocabulary.COUNTRIES[0];
    }
    leaveOut();
    drawAttributes(row);
  }

  /** What is left out was drawn, too, so that the other fields have what they have with it. */
  private void leaveOut() {
    referrer = lacks(Field.REFERRER) ? null : referrer;
    userAgent = lacks(Field.USER_AGENT) ? null : userAgent;
    signedIn &= !lacks(Field.SIGNED_IN);
    campaign = lacks(Field.CAMPAIGN) ? null : campaign;
  }

  boolean lacks(Field field) {
    return shape.lacks(field);
  }

  private long passed(long row, long rows) {
    return Math.multiplyExact(shape.spanMillis(), row) / rows;
  }

  private void drawAttributes(long row) {
    dice.start(row, ATTRIBUTES);
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = dice.below(1_000_000);
    }
  }

  /** Whether an attribute is a text; the others are numbers. */
  static boolean isText(int attribute) {
    return attribute % 2 == 1;
  }

  /** The lower of two numbers: a few values are common, as in life. */
  private int skewed(int bound) {
    return Math.min(dice.below(bound), dice.below(bound));
  }

  private Term optional(Term[] terms) {
    int choice = dice.below(2 * terms.length);
    return choice < terms.length ? terms[choice] : null;
  }

  /** The id, in the characters that it is written in. */
  String id() {
    return new String(new Line().base32(idHigh).base32(idLow).bytes(), US_ASCII);
  }

  /** How many bytes of UTF-8 this event's text fields have, all together. */
  int textBytes() {
    return 26
        + 8
        + (lacks(Field.SESSION_ID) ? 0 : 8)
        + type.length
        + country.length
        + device.length
        + Vocabulary.PAGES[page].length()
        + EventJson.PRODUCT_DIGITS
        + length(referrer)
        + length(userAgent)
        + length(campaign)
        + attributes.length / 2 * EventJson.ATTRIBUTE_TEXT_BYTES;
  }

  /** The sum of the attributes that are numbers. */
  long attributeSum() {
    long sum = 0;
    for (int i = 0; i < attributes.length; i++) {
      sum += isText(i) ? 0 : attributes[i];
    }
    return sum;
  }

  /** How many of the optional fields are absent, or left out. */
  int nulls() {
    return (referrer == null ? 1 : 0) + (campaign == null ? 1 : 0);
  }

  private static int length(Term term) {
    return term == null ? 0 : term.length;
  }
}
