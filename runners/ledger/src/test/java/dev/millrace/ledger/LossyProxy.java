package dev.millrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and PostgreSQL, and loses the answer to a commit when told to: the server
 * has done it, and the client finds its connection closed.
 */
final class LossyProxy implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final int serverPort;
  private final ServerSocket listening;

  /** How many commits go through until the answer to one is lost; negative for all. */
  private final AtomicInteger commitsToGo = new AtomicInteger(-1);

  private final AtomicInteger lost = new AtomicInteger();

  LossyProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Loses the answer to the next commit. */
  void loseNextAnswer() {
    commitsToGo.set(0);
  }

  /** Loses the answer to the commit after the next. */
  void loseNextAnswerButOne() {
    commitsToGo.set(1);
  }

  /** How many answers it lost. */
  int lost() {
    return lost.get();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One side has closed, and with it this line.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Line line =
          new Line(listening.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort));
      start(line::sendRequests);
      start(line::sendAnswers);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private final class Line {
    private final Socket client;
    private final Socket server;
    private volatile boolean losing;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** The bytes of a statement are in one read, as the driver flushes it whole. */
    void sendRequests() throws IOException {
      byte[] bytes = new byte[BUFFER];
      try (client;
          server) {
        InputStream from = client.getInputStream();
        OutputStream to = server.getOutputStream();
        for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
          String request = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
          losing = request.contains("COMMIT") && commitsToGo.getAndDecrement() == 0;
          to.write(bytes, 0, n);
        }
      }
    }

    void sendAnswers() throws IOException {
      byte[] bytes = new byte[BUFFER];
      try (client;
          server) {
        InputStream from = server.getInputStream();
        OutputStream to = client.getOutputStream();
        for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
          if (losing) {
            lost.incrementAndGet();
            return;
          }
          to.write(bytes, 0, n);
        }
      }
    }
  }
}
