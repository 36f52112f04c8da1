package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJarsTest {
  @TempDir Path folder;
  private Path scratch;

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
  }

  @Test
  void sendsWhatIsNoRelease() throws IOException {
    List<String> built =
        List.of(
            jar("target/app-1.0.jar"),
            jar("m2/org/lib/1.1-SNAPSHOT/lib-1.1-SNAPSHOT.jar"),
            jar("m2/org/lib/1.1/other.jar"),
            Files.createDirectories(folder.resolve("m2/org/lib/1.1/lib-1.1")).toString(),
            "app.jar",
            "/app.jar");
    assertThat(JobJars.of(built, scratch), is(built));
  }

  @Test
  void findsAllInTheOrderOfTheClassPath() throws IOException {
    List<String> classPath =
        List.of(
            jar("m2/org/first/1.0/first-1.0.jar"),
            jar("m2/org/a b/1.0/a b-1.0-classes.jar"),
            jar("target/app-1.0.jar"),
            jar("m2/org/last/2.0/last-2.0.jar"));
    List<String> staged = JobJars.of(classPath, scratch);
    assertThat(
        staged,
        contains(
            scratch.resolve("releases-0.jar").toString(),
            classPath.get(2),
            scratch.resolve("releases-2.jar").toString()));
    assertThat(
        found(staged),
        contains("first-1.0.jar", "a b-1.0-classes.jar", "app-1.0.jar", "last-2.0.jar"));
  }

  /** A jar that says its name. */
  private String jar(String path) throws IOException {
    Path jar = folder.resolve(path);
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("name"));
      out.write(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    }
    return jar.toString();
  }

  private static List<String> found(List<String> classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    List<String> names = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
      for (URL name : Collections.list(loader.getResources("name"))) {
        names.add(new String(name.openStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return names;
  }
}
