package dev.millrace.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port for a stack whose processes are killed. No other stack chooses it by itself, which the
 * usual number would be while its process is away; and no connection that goes out gets it, for
 * those have numbers from 32,768 up. Test processes look for theirs from places apart.
 */
final class FreePort {
  private static final int LOWEST = 21_000;
  private static final int NUMBERS = 9_000;
  private static final int APART = 16;

  private static final AtomicInteger NEXT =
      new AtomicInteger(LOWEST + (int) (ProcessHandle.current().pid() * APART % NUMBERS));

  private FreePort() {}

  static int choose() {
    int port = NEXT.getAndIncrement();
    while (!isFree(port)) {
      port = NEXT.getAndIncrement();
    }
    return port;
  }

  private static boolean isFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
