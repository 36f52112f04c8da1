package dev.millrace.benchmarks.events;

/** A way to break the contract: a field with another value, or none. */
@SuppressWarnings("ImmutableEnumChecker") // nothing writes to the arrays
enum Flaw {
  NEGATIVE_AMOUNT(Field.AMOUNT, "-0.01"),
  HUGE_AMOUNT(Field.AMOUNT, "100000.01"),
  NO_QUANTITY_SOLD(Field.QUANTITY, "0"),
  MISSING_USER(Field.USER_ID, null),
  MISSING_TYPE(Field.TYPE, null),
  NULL_TIME(Field.EVENT_TIME, "null"),
  NULL_PAGE(Field.PAGE, "null"),
  QUANTITY_AS_TEXT(Field.QUANTITY, "\"three\""),
  FRACTION_OF_QUANTITY(Field.QUANTITY, "1.5"),
  BOOLEAN_AS_TEXT(Field.SIGNED_IN, "\"yes\""),
  PAGE_AS_NUMBER(Field.PAGE, "404"),
  UNKNOWN_TYPE(Field.TYPE, "\"teleport\""),
  UNKNOWN_DEVICE(Field.DEVICE, "\"abacus\""),
  COUNTRY_IN_LOWER_CASE(Field.COUNTRY, "\"de\""),
  SHORT_SESSION(Field.SESSION_ID, "\"s\""),
  NOT_A_TIME(Field.EVENT_TIME, "\"yesterday\""),
  FEBRUARY_30(Field.EVENT_TIME, "\"2026-02-30T12:00:00.000Z\""),
  YEAR_2085(Field.EVENT_TIME, "\"2085-01-01T00:00:00.000Z\""),
  UNKNOWN_FIELD(Field.CAMPAIGN, "null,\"debug\":true");

  private static final Flaw[] ALL = values();

  final Field field;

  /** The value in JSON, or null to leave the field out. */
  final byte[] json;

  Flaw(Field field, String json) {
    this.field = field;
    this.json = json == null ? null : Ascii.of(json);
  }

  static Flaw drawn(Dice dice) {
    return ALL[dice.below(ALL.length)];
  }
}
