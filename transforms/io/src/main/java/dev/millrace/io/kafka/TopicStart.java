package dev.millrace.io.kafka;

import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the reading of a topic begins, in every partition. It is found out once, at launch: a run
 * that goes on after a failure goes on from its checkpoint, and a partition that appears later is
 * read from its beginning.
 */
public final class TopicStart implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is known of the start before the partitions are. */
  enum Kind {
    EARLIEST,
    LATEST,
    COMMITTED,
    PUBLISHED,
    OFFSETS
  }

  private final Kind kind;
  private final long publishedMillis;
  private final SortedMap<Integer, Long> offsets;

  private TopicStart(Kind kind, long publishedMillis) {
    this(kind, publishedMillis, Map.of());
  }

  private TopicStart(Kind kind, long publishedMillis, Map<Integer, Long> offsets) {
    this.kind = kind;
    this.publishedMillis = publishedMillis;
    this.offsets = new TreeMap<>(offsets);
  }

  /** With the first message that is still there. */
  public static TopicStart earliest() {
    return new TopicStart(Kind.EARLIEST, 0);
  }

  /** With the first message that comes after the launch. */
  public static TopicStart latest() {
    return new TopicStart(Kind.LATEST, 0);
  }

  /** Where the consumer group left off; a partition in which it never was fails the launch. */
  public static TopicStart committed() {
    return new TopicStart(Kind.COMMITTED, 0);
  }

  /** With the first message that was published then or later, as the broker's index has it. */
  public static TopicStart publishedAt(Instant time) {
    return new TopicStart(Kind.PUBLISHED, time.toEpochMilli());
  }

  /** At these offsets; partitions that are not among them, at their beginnings. */
  static TopicStart at(Map<Integer, Long> offsets) {
    return new TopicStart(Kind.OFFSETS, 0, offsets);
  }

  /**
   * A start as options have it: {@code earliest}, {@code latest}, {@code committed} or an instant.
   *
   * @throws IllegalArgumentException if it is none of them; the message begins with the text
   */
  public static TopicStart parse(String text) {
    return switch (text) {
      case "earliest" -> earliest();
      case "latest" -> latest();
      case "committed" -> committed();
      default -> publishedAt(instant(text));
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          text + " (expected earliest, latest, committed or an instant: 2001-01-01T00:00:00Z)", e);
    }
  }

  Kind kind() {
    return kind;
  }

  /** The offsets of a start that is known as such. */
  SortedMap<Integer, Long> offsets() {
    if (kind != Kind.OFFSETS) {
      throw new IllegalStateException(
          "Cannot tell the offsets of a start at %s: it is not fixed".formatted(this));
    }
    return offsets;
  }

  private Map<Integer, Long> known(List<Integer> partitions) {
    Map<Integer, Long> known = new TreeMap<>();
    partitions.forEach(number -> known.put(number, offsets.getOrDefault(number, 0L)));
    return known;
  }

  /** The offset in each partition, as it is now. */
  Map<Integer, Long> in(TopicOffsets offsets, List<Integer> partitions) {
    return switch (kind) {
      case EARLIEST -> offsets.earliest(partitions);
      case LATEST -> offsets.ends(partitions);
      case COMMITTED -> offsets.committed(partitions);
      case PUBLISHED -> offsets.publishedAt(partitions, publishedMillis);
      case OFFSETS -> known(partitions);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case PUBLISHED -> Instant.ofEpochMilli(publishedMillis).toString();
      case OFFSETS -> "offsets " + offsets;
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
