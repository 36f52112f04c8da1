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
record ClassPaths(Path home) {

  /** The class path of a contender: jars only, as class-data archives demand. */
  String of(Contender contender) {
    if (contender.module().equals(Contender.HERE)) {
      return System.getProperty("java.class.path");
    }
    Path target = home.resolve(contender.module()).resolve("target");
    try {
      String dependencies = Files.readString(target.resolve("classpath")).strip();
      return jar(target) + File.pathSeparator + dependencies;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find the class path of " + contender.title(), e);
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
