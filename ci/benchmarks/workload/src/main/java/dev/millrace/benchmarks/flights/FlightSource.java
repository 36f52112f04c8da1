package dev.millrace.benchmarks.flights;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The flights as Parquet, with the columns date, delay, distance, origin and destination.
 *
 * @param path a file, or a folder of files
 */
public record FlightSource(Path path) {
  private static final String PACKAGE = "vega-datasets@3.2.1";
  private static final String ARCHIVE = "vega-datasets-3.2.1.tgz";
  private static final String MEMBER = "package/data/flights-3m.parquet";

  /** What somebody has. */
  public static FlightSource at(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("Cannot find the flights: there is no " + path);
    }
    return new FlightSource(path.toRealPath());
  }

  /** The file of the npm package, which is fetched into a folder unless it is there. */
  public static FlightSource fetched(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("flights-3m.parquet");
    if (!Files.exists(file)) {
      System.err.println("Fetching the flights: npm pack " + PACKAGE);
      call(folder, "npm", "pack", PACKAGE);
      call(folder, "tar", "-xzf", ARCHIVE, MEMBER);
      Files.move(folder.resolve(MEMBER), file);
    }
    return at(file);
  }

  private static void call(Path folder, String... command)
      throws IOException, InterruptedException {
    File log = folder.resolve("fetch.log").toFile();
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
    } catch (IOException e) {
      throw new IOException(
          "Cannot fetch the flights: %s is not there; give a file with --flights"
              .formatted(command[0]),
          e);
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          "Cannot fetch the flights: %s failed (see %s); give a file with --flights"
              .formatted(String.join(" ", command), log));
    }
  }

  /** The first so many flights, in SQL. */
  String first(long rows) {
    String files = Files.isDirectory(path) ? path + "/*.parquet" : path.toString();
    return "(SELECT date, delay, distance, origin, destination FROM read_parquet('%s') LIMIT %s)"
        .formatted(files, rows);
  }
}
