package dev.millrace.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A port that no other stack chooses by itself, for one whose processes are killed: while one is
 * away, the next stack to start would take the usual number.
 */
final class FreePort {
  private FreePort() {}

  static int choose() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
