package dev.millrace.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class paths of the contenders. What would clash (Spark's Jackson and Parquet with Beam's, for
 * one) is in modules of its own; the build lists in {@code target/classpath} what each needs.
 *
 * @param home the folder of the benchmarks
 */
public record ClassPaths(Path home) {

  /** The module of the benchmarks itself. */
  public static final String HERE = "";

  /**
   * The class path of a module: jars only, as class-data archives demand.
   *
   * @param module its folder in that of the benchmarks, or {@link #HERE}
   */
  public String of(String module) {
    if (module.equals(HERE)) {
      return System.getProperty("java.class.path");
    }
    Path target = home.resolve(module).resolve("target");
    try {
      String dependencies = Files.readString(target.resolve("classpath")).strip();
      return jar(target) + File.pathSeparator + dependencies;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot find the class path of %s: %s".formatted(module, e.getMessage()), e);
    }
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      if (jars.size() != 1) {
        throw new IOException("Cannot find one jar in " + target + ": found " + jars);
      }
      return jars.get(0);
    }
  }
}
