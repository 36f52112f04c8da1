package dev.millrace.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Gives schemas by their ids over HTTP, as a registry does, or closes connections without a word.
 * What a real registry answers is tested where topics are read without Flink.
 */
final class SchemaServer implements AutoCloseable {
  private static final String BY_ID = "/schemas/ids/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, Schema> schemas;
  private final HttpServer server;
  private final Map<Integer, Integer> answered = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> leftAlone = new ConcurrentHashMap<>();
  private volatile boolean away;

  private SchemaServer(Map<Integer, Schema> schemas, HttpServer server) {
    this.schemas = schemas;
    this.server = server;
    server.createContext(BY_ID, this::handle);
    server.start();
  }

  static SchemaServer of(Map<Integer, Schema> schemas) throws IOException {
    return new SchemaServer(
        schemas, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void goAway() {
    away = true;
  }

  void comeBack() {
    away = false;
  }

  /** How often it has given a schema. */
  int answered(int id) {
    return answered.getOrDefault(id, 0);
  }

  /** How often it was asked for one while it was away. */
  int leftAlone(int id) {
    return leftAlone.getOrDefault(id, 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    int id = Integer.parseInt(exchange.getRequestURI().getPath().substring(BY_ID.length()));
    if (away) {
      leftAlone.merge(id, 1, Integer::sum);
      exchange.close();
    } else if (schemas.containsKey(id)) {
      answer(exchange, 200, Map.of("schema", schemas.get(id).toString()));
      answered.merge(id, 1, Integer::sum);
    } else {
      answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    }
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] json = JSON.writeValueAsBytes(body);
    exchange.sendResponseHeaders(status, json.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(json);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
