package dev.millrace.flink.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Answers {@code GET /metrics} at one address and nothing else anywhere. */
final class ScrapeServer implements AutoCloseable {
  static final String PATH = "/metrics";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NO_BODY = -1;

  private final HttpServer server;

  private ScrapeServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts one at the first of the ports that is free.
   *
   * @throws UncheckedIOException if there is none, or the address isn't this machine's
   */
  static ScrapeServer start(String host, PortRange ports, Supplier<String> text) {
    IOException last = null;
    for (int port : ports.ports().toArray()) {
      try {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", exchange -> answer(exchange, text));
        server.start();
        return new ScrapeServer(server);
      } catch (IOException e) {
        last = e;
      }
    }
    throw new UncheckedIOException(
        "Cannot serve metrics at %s:%s: %s".formatted(host, ports, last.getMessage()), last);
  }

  private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
      } else {
        byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", Exposition.CONTENT_TYPE);
        exchange.sendResponseHeaders(OK, body.length == 0 ? NO_BODY : body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
