package dev.millrace.testing;

import dev.millrace.record.Record;
import dev.millrace.record.RejectReason;
import dev.millrace.record.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;

/** Hamcrest matchers of {@link Record}s and {@link Rejected} records. */
public final class RecordMatchers {
  private RecordMatchers() {}

  /** A record whose field has this value, as {@link Record#value} gives it; null for no value. */
  public static Matcher<Record> hasValue(String field, Object value) {
    return hasValueThat(field, value == null ? Matchers.nullValue() : Matchers.equalTo(value));
  }

  /** A record whose field has a value that matches. */
  public static Matcher<Record> hasValueThat(String field, Matcher<?> value) {
    return new FeatureMatcher<Record, Object>(cast(value), "a record with " + field, field) {
      @Override
      protected Object featureValueOf(Record record) {
        return record.value(field);
      }
    };
  }

  /** A record that happened at this ISO 8601 instant. */
  public static Matcher<Record> happenedAt(String instant) {
    return new FeatureMatcher<Record, String>(
        Matchers.equalTo(Instant.parse(instant).toString()), "a record of", "event time") {
      @Override
      protected String featureValueOf(Record record) {
        return Instant.ofEpochMilli(record.eventTimeMillis()).toString();
      }
    };
  }

  /** A rejected record with exactly these reasons, in the order of its violations. */
  public static Matcher<Rejected> rejectedFor(RejectReason... reasons) {
    return new FeatureMatcher<Rejected, List<RejectReason>>(
        Matchers.equalTo(List.of(reasons)), "a record rejected for", "reasons") {
      @Override
      protected List<RejectReason> featureValueOf(Rejected rejected) {
        return rejected.violations().stream().map(violation -> violation.reason()).toList();
      }
    };
  }

  /** A rejected record whose first violation has a message that matches. */
  public static Matcher<Rejected> hasMessage(Matcher<String> message) {
    return new FeatureMatcher<Rejected, String>(message, "a rejected record saying", "message") {
      @Override
      protected String featureValueOf(Rejected rejected) {
        return rejected.violations().get(0).message();
      }
    };
  }

  /** A rejected record whose original bytes are this text in UTF-8. */
  public static Matcher<Rejected> hasOriginal(String original) {
    return new FeatureMatcher<Rejected, String>(
        Matchers.equalTo(original), "a rejected record of", "original") {
      @Override
      protected String featureValueOf(Rejected rejected) {
        return new String(rejected.raw().payload(), StandardCharsets.UTF_8);
      }
    };
  }

  @SuppressWarnings(
      "unchecked") // a matcher of a narrower type fails on a wider value, as it should
  private static Matcher<Object> cast(Matcher<?> matcher) {
    return (Matcher<Object>) matcher;
  }
}
