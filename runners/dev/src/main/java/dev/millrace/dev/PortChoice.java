package dev.millrace.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Numbers for the ports of a stack: those that were asked for or remembered, else the first free
 * one from the preferred number up. They stay below those that the system gives to connections that
 * go out, which could otherwise be in the way at the next start.
 */
final class PortChoice {
  private static final int HIGHEST = 65_535;

  private PortChoice() {}

  /**
   * Chooses.
   *
   * @param ports the ports there are
   * @param asked the numbers that were asked for, by name
   * @param remembered the numbers of the last start, by name
   * @param spread added to the preferred numbers of internal ports, so that stacks stay apart even
   *     where one has died between its choice and the start of its processes
   * @param runs whether anything runs that knows a port, so that it can't change
   */
  static SortedMap<String, Integer> of(
      List<Port> ports,
      Map<String, Integer> asked,
      Map<String, Integer> remembered,
      int spread,
      Predicate<Port> runs) {
    SortedMap<String, Integer> chosen = new TreeMap<>(asked);
    for (Port port : ports) {
      Integer number = remembered.get(port.name());
      if (number != null && (runs.test(port) || stays(port, number))) {
        chosen.putIfAbsent(port.name(), number);
      }
    }
    for (Port port : ports) {
      chosen.computeIfAbsent(port.name(), name -> firstFree(port, spread, chosen));
    }
    return chosen;
  }

  private static boolean stays(Port port, int number) {
    return switch (port.use()) {
      case PUBLIC -> true;
      case SCRAPED -> isFree(number);
      case INTERNAL -> false;
    };
  }

  private static int firstFree(Port port, int spread, Map<String, Integer> taken) {
    int first = port.use() == Port.Use.INTERNAL ? port.preferred() + spread : port.preferred();
    for (int number = first; number <= HIGHEST; number++) {
      if (!taken.containsValue(number) && isFree(number)) {
        return number;
      }
    }
    throw new StackException(
        "Cannot choose a port for %s: none from %d up is free"
            .formatted(port.name(), port.preferred()));
  }

  /** Whether a server could listen on it, at the loopback address. */
  static boolean isFree(int number) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as servers do: connections of the last one may linger
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
