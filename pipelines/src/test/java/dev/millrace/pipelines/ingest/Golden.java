package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of expected lines. With {@code -Dgolden.update} what was found becomes what is expected,
 * to be read in review; CI refuses that.
 */
final class Golden {
  private Golden() {}

  static void check(Path file, List<String> found) throws IOException {
    if (System.getProperty("golden.update") != null) {
      assertThat("golden.update is not for CI", System.getenv("CI"), equalTo(null));
      Files.createDirectories(file.getParent());
      Files.write(file, found);
    }
    assertThat(
        file.toString(),
        String.join("\n", found),
        equalTo(String.join("\n", Files.readAllLines(file))));
  }
}
