package dev.millrace.operate.diff;

import java.nio.file.Path;
import java.util.List;

/**
 * A partition as it is published and as it is staged.
 *
 * @param partition its name, such as {@code dt=2001-01-15}
 * @param published its files that are published; none if it is new
 * @param staged its files that are staged; none if it would be taken away, or hold no rows
 * @param same the rows of files that are there on both sides, byte for byte, and in neither list
 * @param takenAway whether the partition as such would go
 */
public record PartitionPair(
    String partition, List<Path> published, List<Path> staged, long same, boolean takenAway) {

  /** Keeps immutable lists. */
  public PartitionPair {
    published = List.copyOf(published);
    staged = List.copyOf(staged);
  }
}
