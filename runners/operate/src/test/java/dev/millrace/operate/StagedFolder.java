package dev.millrace.operate;

import dev.millrace.io.table.Manifest;
import dev.millrace.launch.StagedRun;
import dev.millrace.pipelines.CheckedContract;
import dev.millrace.record.Expectation;
import dev.millrace.record.Tally;
import dev.millrace.record.WrittenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes real staging folders, whose files hold a text that tells one run's from another's. */
public final class StagedFolder {
  private static final String QUARANTINED =
      """
      {"id":"00","stage":"decode","reason":"%s","violations":[{"reason":"%s","path":"","rule":"",\
      "message":"Invalid JSON: %s"}],"source":"in.ndjson","offset":7,"eventTime":null,\
      "contract":"c","contractVersion":"1","pipeline":"ingest","pipelineVersion":"1",\
      "original":"<script>%s"}
      """;

  private StagedFolder() {}

  /** A run of the manifest, whose output goes to the folder. */
  public static StagedRun write(Path output, String runId, Manifest manifest) throws IOException {
    return write(output, runId, manifest, Map.of());
  }

  public static StagedRun write(
      Path output, String runId, Manifest manifest, Map<String, String> options)
      throws IOException {
    Path staging = output.resolve("_staging").resolve(runId);
    List<WrittenFile> files = new ArrayList<>();
    for (WrittenFile file : manifest.files()) {
      Path path = staging.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, content(file, runId));
      files.add(
          new WrittenFile(
              file.table(), file.partition(), file.path(), file.rows(), Files.size(path)));
    }
    Files.createDirectories(staging);
    Files.write(staging.resolve(Manifest.FILE_NAME), lines(files, manifest.tallies()));
    return run(output, runId, options);
  }

  public static StagedRun run(
      Path output, String runId, Map<String, String> options, Expectation... expectations) {
    return new StagedRun(
        "ingest",
        "1.0",
        new CheckedContract(
            "flights",
            "1.2.0",
            List.of("latency 4h (at schema[0])"),
            List.of(expectations),
            List.of(),
            Optional.empty()),
        "DirectRunner",
        runId,
        Instant.parse("2026-01-02T03:04:05Z"),
        Duration.ofMillis(6_789),
        output.resolve("_staging").resolve(runId),
        output,
        output.resolve("quarantine"),
        options);
  }

  private static String content(WrittenFile file, String runId) {
    if (!file.table().equals("quarantine")) {
      return runId;
    }
    String reason = file.partition().replace("reason=", "");
    return QUARANTINED.formatted(reason, reason, runId, runId).repeat(Math.toIntExact(file.rows()));
  }

  private static List<String> lines(List<WrittenFile> files, Map<Tally, Long> tallies) {
    List<String> lines = new ArrayList<>();
    for (WrittenFile file : files) {
      lines.add(
          "{'file':{'table':'%s','partition':'%s','path':'%s','rows':%s,'bytes':%s}}"
              .formatted(file.table(), file.partition(), file.path(), file.rows(), file.bytes()));
    }
    tallies.forEach(
        (tally, count) ->
            lines.add(
                "{'tally':{'disposition':'%s','detail':'%s','partition':'%s','hour':%s},'count':%s}"
                    .formatted(
                        tally.disposition().code(),
                        tally.detail(),
                        tally.partition(),
                        tally.hour(),
                        count)));
    return lines.stream().map(line -> line.replace('\'', '"')).toList();
  }

  /** Everything in a folder but locks: each file with its text, but reports without. */
  public static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(file -> !file.endsWith(".lock")).toList()) {
        String name = folder.relativize(file).toString();
        contents.put(
            name, name.contains("report.") ? "" : Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return contents;
  }
}
