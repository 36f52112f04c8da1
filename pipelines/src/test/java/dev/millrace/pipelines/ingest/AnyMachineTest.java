package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The second law, for what no check of the code can see: a machine whose people write other digits
 * and are in another zone writes the same bytes, the messages of rejects among them.
 */
@Isolated("changes what is the default of the process")
class AnyMachineTest {
  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @TempDir Path folder;

  static Stream<String> cases() throws IOException {
    return IngestGoldenTest.cases();
  }

  @AfterEach
  void restoreThisMachine() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesTheSameBytes(String name) throws Exception {
    String[] arguments = IngestGoldenTest.arguments(IngestGoldenTest.CASES.resolve(name));
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    IngestRun.to(folder.resolve("here"), arguments);

    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    IngestRun.to(folder.resolve("there"), arguments);

    assertThat(files("there"), equalTo(files("here")));
  }

  /** All that a run wrote, by path; its bytes as characters. */
  private SortedMap<String, String> files(String staging) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    Path root = folder.resolve(staging);
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
