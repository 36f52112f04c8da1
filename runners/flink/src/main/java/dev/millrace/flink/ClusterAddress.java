package dev.millrace.flink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the REST endpoint of a Flink cluster is. */
record ClusterAddress(String host, int port) {
  /** Flink's default. */
  private static final int REST_PORT = 8081;

  private static final int PATIENCE_MILLIS = 5_000;
  private static final Pattern FORM = Pattern.compile("(?:https?://)?([^:/]+)(?::(\\d{1,5}))?/?");

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static ClusterAddress parse(String flinkMaster) {
    Matcher matcher = FORM.matcher(flinkMaster.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Invalid flinkMaster: %s (expected host:port or [local])".formatted(flinkMaster));
    }
    String port = matcher.group(2);
    return new ClusterAddress(matcher.group(1), port == null ? REST_PORT : Integer.parseInt(port));
  }

  /** Fails at once where Flink's client would try for a minute. */
  void checkReachable() throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("Cannot reach Flink at %s: unknown host".formatted(this));
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new IOException("Cannot reach Flink at %s: %s".formatted(this, e.getMessage()), e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
