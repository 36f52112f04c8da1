package dev.millrace.io.reference;

import dev.millrace.io.Reasons;
import dev.millrace.io.files.WatchedFile;
import dev.millrace.record.ReferenceVersion;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the file of a reference after the other: when to read it again, and how long to go on
 * without.
 *
 * @param maxFailures the look that may not fail any more, counted from the first that did
 */
record ReferenceLook(ReferenceColumn column, int maxFailures) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceLook.class);

  /**
   * Looks once.
   *
   * @param versions is given what the file holds, if it was read
   * @return what is known after it
   * @throws IOException if the file can't be read, and never could or not for too long
   */
  ReferenceWatch after(ReferenceWatch before, Consumer<ReferenceVersion> versions)
      throws IOException {
    try {
      WatchedFile file = column.look();
      if (before.hasRead(file)) {
        return before.unchanged();
      }
      // Whoever writes a file in place has until the next look to complete it.
      if (before.version() > 0 && !before.changing()) {
        return before.changed();
      }
      List<String> values = column.values(file);
      ReferenceWatch after = before.read(file);
      versions.accept(new ReferenceVersion(after.version(), values));
      if (after.version() > 1) {
        LOG.info("Read reference again: {}: {} values", column, values.size());
      }
      return after;
    } catch (IOException e) {
      return withoutIt(before.failed(), e);
    }
  }

  private ReferenceWatch withoutIt(ReferenceWatch after, IOException e) throws IOException {
    String reason =
        "Cannot read reference: %s: %s".formatted(column.path(), Reasons.of(e, column.path()));
    if (after.version() == 0) {
      throw new IOException(reason, e);
    }
    if (after.failures() >= maxFailures) {
      throw new IOException(
          "%s (at each of the last %d looks)".formatted(reason, after.failures()), e);
    }
    if (after.failures() == 1) {
      LOG.error(
          "{}. What it held stays in use; the run fails if {} looks in a row can't read it",
          reason,
          maxFailures);
    }
    return after;
  }
}
