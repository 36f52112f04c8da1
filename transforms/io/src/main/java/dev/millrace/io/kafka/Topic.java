package dev.millrace.io.kafka;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.display.DisplayData;

/**
 * What is read, and as whom.
 *
 * @param group the consumer group under which the progress is shown; null for none
 */
record Topic(KafkaConnection connection, String name, String group) implements Serializable {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  Topic {
    if (!NAME.matcher(name).matches() || name.matches("\\.\\.?")) {
      throw new IllegalArgumentException(
          "Invalid topic: %s (expected up to 249 letters, digits, dots, underscores and hyphens)"
              .formatted(name));
    }
  }

  Topic withGroup(String group) {
    if (group.isBlank()) {
      throw new IllegalArgumentException("Missing required value: group");
    }
    return new Topic(connection, name, group);
  }

  /** The source of the records of a partition. */
  String source(int partition) {
    return name + "/" + partition;
  }

  void populateDisplayData(DisplayData.Builder builder) {
    connection.populateDisplayData(builder);
    builder
        .add(DisplayData.item("topic", name))
        .add(DisplayData.item("group", group == null ? "none" : group));
  }

  @Override
  public String toString() {
    return name;
  }
}
