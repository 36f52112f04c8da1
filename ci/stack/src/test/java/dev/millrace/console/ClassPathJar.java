package dev.millrace.console;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a job brings to a cluster on this machine: a jar that names the class path of the
 * command line. To send what it names, hundreds of megabytes, and to make checksums of them at each
 * end, is most of what a submission takes; {@link DevTourIT} and ci/chaos do it.
 */
final class ClassPathJar {
  private ClassPathJar() {}

  /** Writes one to a folder, and returns the option that makes it the job's. */
  static String staged(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    Path jar = folder.resolve("class-path.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return "--filesToStage=" + jar;
  }

  private static String classPath() {
    return Stream.of(Installed.classPath().split(File.pathSeparator))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }
}
