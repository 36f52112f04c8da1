package dev.millrace.pipelines.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A schema registry in a process of its own, on the loopback interface, which has Confluent's API:
 * Apicurio, as it is distributed, with its schemas in memory. It is up in some ten seconds.
 */
final class ApicurioRegistry implements AutoCloseable {
  private static final Path HOME = Path.of("target/apicurio");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private ApicurioRegistry(Process process, int port) {
    this.process = process;
    this.url = "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
  }

  static ApicurioRegistry start() throws IOException {
    int port = freePort();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = HOME.resolve("*") + File.pathSeparator + HOME.resolve("lib").resolve("*");
    List<String> command =
        List.of(
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-cp",
            classPath,
            "io.quarkus.runner.GeneratedMain");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target/apicurio.log").toFile())
            .start();
    ApicurioRegistry registry = new ApicurioRegistry(process, port);
    registry.awaitStart();
    return registry;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isUp()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        close();
        throw new IllegalStateException("Cannot start the registry: see target/apicurio.log");
      }
    }
  }

  /** Takes a moment to find out, so that asking again needs no pause. */
  private boolean isUp() {
    try {
      return !process.waitFor(200, TimeUnit.MILLISECONDS) && get("/subjects").statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What the paths of its API begin with. */
  String url() {
    return url;
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Registers a schema of Avro, and gives its id. */
  int register(String subject, String schema) throws IOException, InterruptedException {
    return register(subject, JSON.createObjectNode().put("schema", schema));
  }

  /** Registers a schema that has a name of another one in it. */
  int register(String subject, String schema, String name, String referred)
      throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("schema", schema);
    request
        .putArray("references")
        .addObject()
        .put("name", name)
        .put("subject", referred)
        .put("version", 1);
    return register(subject, request);
  }

  private int register(String subject, ObjectNode request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create("%s/subjects/%s/versions".formatted(url, subject)))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "Cannot register %s: %s"
              .formatted(subject, new String(response.body(), StandardCharsets.UTF_8)));
    }
    return JSON.readTree(response.body()).path("id").asInt();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Cannot end the registry", e);
    }
  }
}
