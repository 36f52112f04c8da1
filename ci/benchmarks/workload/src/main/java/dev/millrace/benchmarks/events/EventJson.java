package dev.millrace.benchmarks.events;

import java.util.Arrays;

/** Writes an event as a JSON object, as it is or with a flaw. */
final class EventJson {
  static final int PRODUCT_DIGITS = 6;

  /** How many bytes an attribute has that is a text, such as {@code v-004711}. */
  static final int ATTRIBUTE_TEXT_BYTES = 8;

  private static final byte[] ATTRIBUTE = Ascii.of(",\"attribute_");
  private static final byte[] TEXT = Ascii.of("\"v-");
  private static final byte[] NULL = Ascii.of("null");
  private static final byte[] TRUE = Ascii.of("true");
  private static final byte[] FALSE = Ascii.of("false");
  private static final byte[] USER = Ascii.of("\"u-");
  private static final byte[][] PAGES =
      Arrays.stream(Vocabulary.PAGES).map(page -> Ascii.of('"' + page)).toArray(byte[][]::new);

  private final Line line;
  private EventDraw event;
  private Flaw flaw;

  EventJson(Line line) {
    this.line = line;
  }

  /** Writes the event, with the flaw if there is one. */
  void write(EventDraw newEvent, Flaw newFlaw) {
    event = newEvent;
    flaw = newFlaw;
    line.clear();
    line.put('{');
    writeWho();
    writeWhat();
    writeNumbers();
    writeAttributes();
    line.put('}');
  }

  private void writeWho() {
    if (starts(Field.ID)) {
      line.put('"').base32(event.idHigh).base32(event.idLow).put('"');
    }
    if (starts(Field.EVENT_TIME)) {
      line.put('"').time(event.timeMillis).put('"');
    }
    if (starts(Field.USER_ID)) {
      line.put(USER).digits(event.user, 6).put('"');
    }
    if (starts(Field.SESSION_ID)) {
      line.put('"').hex(event.session, 8).put('"');
    }
  }

  private void writeWhat() {
    term(Field.TYPE, event.type);
    term(Field.COUNTRY, event.country);
    term(Field.DEVICE, event.device);
    if (starts(Field.PAGE)) {
      line.put(PAGES[event.page]).digits(event.product, PRODUCT_DIGITS).put('"');
    }
    term(Field.REFERRER, event.referrer);
    term(Field.USER_AGENT, event.userAgent);
  }

  private void writeNumbers() {
    if (starts(Field.AMOUNT)) {
      line.number(event.amountCents / 100).put('.').digits(event.amountCents % 100, 2);
    }
    if (starts(Field.QUANTITY)) {
      line.number(event.quantity);
    }
    if (starts(Field.DURATION_MS)) {
      line.number(event.durationMillis);
    }
    if (starts(Field.SIGNED_IN)) {
      line.put(event.signedIn ? TRUE : FALSE);
    }
    term(Field.CAMPAIGN, event.campaign);
  }

  private void writeAttributes() {
    for (int i = 0; i < event.attributes.length; i++) {
      line.put(ATTRIBUTE).number(i + 1).put('"').put(':');
      if (EventDraw.isText(i)) {
        line.put(TEXT).digits(event.attributes[i], 6).put('"');
      } else {
        line.number(event.attributes[i]);
      }
    }
  }

  private void term(Field field, Term term) {
    if (starts(field)) {
      line.put(term == null ? NULL : term.json);
    }
  }

  /**
   * Starts a member, and says whether its value is to follow: a flaw has its own, also of a field
   * that is left out, which then is one too many.
   */
  private boolean starts(Field field) {
    if (flaw == null || flaw.field != field) {
      boolean isThere = !event.lacks(field);
      if (isThere) {
        line.put(field.start);
      }
      return isThere;
    }
    if (flaw.json != null) {
      line.put(field.start).put(flaw.json);
    }
    return false;
  }
}
