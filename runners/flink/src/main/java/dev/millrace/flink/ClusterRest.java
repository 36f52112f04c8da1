package dev.millrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.dev.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The REST endpoint of a Flink cluster. */
final class ClusterRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private final ClusterAddress address;

  private ClusterRest(ClusterAddress address) {
    this.address = address;
  }

  static ClusterRest of(Site site) {
    return new ClusterRest(new ClusterAddress(Site.LOOPBACK, site.port(ClusterConfig.REST_PORT)));
  }

  boolean isThere() {
    try {
      return get("/overview").has("taskmanagers");
    } catch (IOException e) {
      return false;
    }
  }

  /** The names of the TaskManagers that have announced themselves; none if it isn't there. */
  List<String> taskManagers() {
    List<String> names = new ArrayList<>();
    try {
      get("/taskmanagers")
          .path("taskmanagers")
          .forEach(each -> names.add(each.path("id").asText()));
    } catch (IOException e) {
      names.clear();
    }
    return names;
  }

  private JsonNode get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s/v1%s".formatted(address, path)))
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new IOException("it answers with status " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
  }
}
