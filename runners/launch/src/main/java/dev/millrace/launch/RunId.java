package dev.millrace.launch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** The names of runs: {@code ingest-20261122T140301Z-3f09a1}. */
final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private RunId() {}

  /** Of the pipeline, the time, and three bytes of a hash of the options. */
  static String of(String pipeline, Instant time, SortedMap<String, Setting> settings) {
    MessageDigest digest = sha256();
    settings.forEach(
        (name, setting) ->
            digest.update((name + "=" + setting.value() + "\n").getBytes(StandardCharsets.UTF_8)));
    String hash = HexFormat.of().formatHex(digest.digest(), 0, 3);
    return "%s-%s-%s".formatted(pipeline, TIME.format(time), hash);
  }

  /** A run id that was given, if it can name a folder. */
  static String checked(Setting given) {
    if (!VALID.matcher(given.value()).matches()) {
      throw new IllegalArgumentException(
          given.blame(
              "Invalid runId: %s (expected letters, digits, dots, dashes and underscores)"
                  .formatted(given.value())));
    }
    return given.value();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash options: no SHA-256", e);
    }
  }
}
