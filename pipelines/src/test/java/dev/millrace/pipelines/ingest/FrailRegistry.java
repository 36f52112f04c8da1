package dev.millrace.pipelines.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;

/** A way to a registry that can be out of service: what is before one in real networks. */
final class FrailRegistry implements AutoCloseable {
  private final ApicurioRegistry registry;
  private final HttpServer server;
  private volatile CountDownLatch outOfService = new CountDownLatch(0);

  private FrailRegistry(ApicurioRegistry registry, HttpServer server) {
    this.registry = registry;
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  static FrailRegistry before(ApicurioRegistry registry) throws IOException {
    return new FrailRegistry(
        registry, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Refuses so many requests, and is in service again after them. */
  CountDownLatch refuse(int requests) {
    outOfService = new CountDownLatch(requests);
    return outOfService;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      if (outOfService.getCount() > 0) {
        outOfService.countDown();
        answer(exchange, 503, new byte[0]);
        return;
      }
      HttpResponse<byte[]> response = registry.get(exchange.getRequestURI().toString());
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
