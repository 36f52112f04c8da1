package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The REST endpoint of a Flink cluster: paths and JSON, and one line for what goes wrong. */
record ClusterRest(ClusterAddress address) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ERRORS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** One for all: each has a thread of its own. */
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** What is known of a job's checkpoints: nothing yet where its cluster still prepares it. */
  JsonNode checkpoints(String job, String state) throws IOException {
    return state.equals("INITIALIZING")
        ? MissingNode.getInstance()
        : get("/jobs/%s/checkpoints".formatted(job));
  }

  JsonNode get(String path) throws IOException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  JsonNode post(String path, JsonNode body) throws IOException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  void patch(String path) throws IOException {
    send(HttpRequest.newBuilder(uri(path)).method("PATCH", BodyPublishers.noBody()).build());
  }

  private URI uri(String path) {
    return URI.create("http://%s/v1%s".formatted(address, path));
  }

  private JsonNode send(HttpRequest request) throws IOException {
    try {
      HttpRequest patient =
          HttpRequest.newBuilder(request, (name, value) -> true).timeout(PATIENCE).build();
      HttpResponse<String> response = CLIENT.send(patient, HttpResponse.BodyHandlers.ofString());
      JsonNode body = JSON.readTree(response.body());
      if (response.statusCode() >= ERRORS) {
        throw new IOException(RootCause.of(body.path("errors").path(0).asText()));
      }
      return body;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
  }
}
