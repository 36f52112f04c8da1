package dev.millrace.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * What a job brings to a cluster that reads the files of this machine. To send all of a class path,
 * hundreds of megabytes, is most of what a submission takes. So releases that lie in Maven's local
 * repository, which don't change, are named in the manifests of jars without content; what may be
 * built anew while the job runs is sent. The order stays that of the class path.
 */
final class JobJars {
  private final Path folder;
  private final List<String> staged = new ArrayList<>();
  private final List<Path> releases = new ArrayList<>();

  private JobJars(Path folder) {
    this.folder = folder;
  }

  /**
   * The files to send in place of a class path.
   *
   * @param folder where the jars that name others are written; it is needed until all is sent
   */
  static List<String> of(List<String> classPath, Path folder) throws IOException {
    JobJars jars = new JobJars(folder);
    for (String entry : classPath) {
      jars.add(entry);
    }
    jars.nameReleases();
    return jars.staged;
  }

  private void add(String entry) throws IOException {
    Path path = Path.of(entry).toAbsolutePath();
    if (isRelease(path)) {
      releases.add(path);
    } else {
      nameReleases();
      staged.add(entry);
    }
  }

  /** Maven keeps one as {@code ARTIFACT/VERSION/ARTIFACT-VERSION.jar}. */
  private static boolean isRelease(Path path) {
    Path version = path.getParent();
    Path artifact = version == null ? null : version.getParent();
    if (artifact == null || artifact.getFileName() == null) {
      return false;
    }
    String start = "%s-%s".formatted(artifact.getFileName(), version.getFileName());
    String name = path.getFileName().toString();
    return name.startsWith(start) && name.endsWith(".jar") && !start.endsWith("-SNAPSHOT");
  }

  private void nameReleases() throws IOException {
    if (releases.isEmpty()) {
      return;
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            releases.stream().map(jar -> jar.toUri().toString()).collect(Collectors.joining(" ")));
    Path jar = folder.resolve("releases-%s.jar".formatted(staged.size()));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    staged.add(jar.toString());
    releases.clear();
  }
}
