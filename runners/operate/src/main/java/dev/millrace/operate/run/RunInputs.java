package dev.millrace.operate.run;

import dev.millrace.launch.RunPreview;
import dev.millrace.operate.publish.PublishedFile;
import dev.millrace.pipelines.Preview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What decides about what a run publishes, in three short digests: two runs of the same pipeline
 * version with the same ones publish the same. Known before a run, at the cost of reading its input
 * files once, and kept in the ledger as one line.
 *
 * @param files of the names, sizes and contents of the input files
 * @param contract of the contract's text
 * @param options of the pipeline's own options, but for where and how it publishes
 */
public record RunInputs(String files, String contract, String options) {
  private static final int DIGEST_CHARACTERS = 32;
  private static final Pattern TEXT =
      Pattern.compile("files=([0-9a-f]+) contract=([0-9a-f]*) options=([0-9a-f]+)");

  /** Options that change nothing of what is in a partition; input and contract count by content. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "output",
          "quarantine",
          "runId",
          "from",
          "to",
          "input",
          "contract",
          "keepVersions",
          "allowEmpty",
          "maxRejectedPercent");

  /**
   * Of a run; empty if it reads no files, so that nobody knows what it will read.
   *
   * @throws UncheckedIOException if a file can't be read
   */
  public static Optional<RunInputs> of(RunPreview preview) {
    List<String> files = preview.input().map(Preview::files).orElse(List.of());
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      String contract = preview.options().getOrDefault("contract", "");
      return Optional.of(
          new RunInputs(
              ofFiles(files),
              contract.isEmpty() ? "" : shortened(PublishedFile.sha256(Path.of(contract))),
              ofOptions(preview.pipelineOptions())));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read input: " + e.getMessage(), e);
    }
  }

  private static String ofFiles(List<String> files) throws IOException {
    MessageDigest digest = PublishedFile.digest();
    for (String file : files) {
      Path path = Path.of(file);
      update(digest, PublishedFile.sha256(path), Long.toString(Files.size(path)), file);
    }
    return text(digest);
  }

  private static String ofOptions(SortedMap<String, String> options) {
    MessageDigest digest = PublishedFile.digest();
    SortedMap<String, String> relevant = new TreeMap<>(options);
    relevant.keySet().removeAll(NEUTRAL);
    relevant.forEach((name, value) -> update(digest, name, value));
    return text(digest);
  }

  private static void update(MessageDigest digest, String... words) {
    digest.update((String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String text(MessageDigest digest) {
    return shortened(HexFormat.of().formatHex(digest.digest()));
  }

  private static String shortened(String digest) {
    return digest.substring(0, DIGEST_CHARACTERS);
  }

  /** Reads what {@link #toString} gives; empty if it is something else. */
  public static Optional<RunInputs> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new RunInputs(parts.group(1), parts.group(2), parts.group(3)))
        : Optional.empty();
  }

  /** What is not the same, in words; empty if all is. */
  public List<String> differences(RunInputs other) {
    List<String> differences = new ArrayList<>();
    if (!files.equals(other.files)) {
      differences.add("its input files have changed");
    }
    if (!contract.equals(other.contract)) {
      differences.add("its contract has changed");
    }
    if (!options.equals(other.options)) {
      differences.add("its options have changed");
    }
    return differences;
  }

  @Override
  public String toString() {
    return "files=%s contract=%s options=%s".formatted(files, contract, options);
  }
}
