package dev.millrace.operate.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, which Maven writes beside the class. */
final class MillraceVersion {
  private MillraceVersion() {}

  static String read() {
    Properties properties = new Properties();
    try (InputStream in = MillraceVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read version.properties: it is in every build", e);
    }
    return properties.getProperty("version");
  }
}
