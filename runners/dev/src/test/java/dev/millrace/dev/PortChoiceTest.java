package dev.millrace.dev;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortChoiceTest {
  private ServerSocket server;
  private int taken;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    taken = server.getLocalPort();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void takesTheFirstFreeOneFromThePreferredUp() {
    List<Port> ports = List.of(Port.open("a", taken), Port.internal("b", taken));
    Map<String, Integer> chosen = PortChoice.of(ports, Map.of(), Map.of(), 0, port -> false);
    assertThat(chosen.get("a"), greaterThan(taken));
    assertThat(chosen.get("b"), greaterThan(chosen.get("a")));
  }

  @Test
  void spreadsThePortsThatUsersDoNotConnectTo() {
    List<Port> ports = List.of(Port.open("a", 20_000), Port.internal("b", 20_000));
    Map<String, Integer> chosen = PortChoice.of(ports, Map.of(), Map.of(), 1000, port -> false);
    assertThat(chosen.get("a"), lessThan(21_000));
    assertThat(chosen.get("b"), greaterThanOrEqualTo(21_000));
  }

  @Test
  void takesThatWhichWasAskedForWhateverIsRemembered() {
    List<Port> ports = List.of(Port.open("a", 20_000));
    assertThat(
        PortChoice.of(ports, Map.of("a", taken), Map.of("a", 20_001), 0, port -> false),
        hasEntry("a", taken));
  }

  @Test
  void remembersWhatUsersConnectTo() {
    List<Port> ports =
        List.of(
            Port.open("a", 20_000),
            Port.scraped("free", 20_000),
            Port.scraped("taken", 20_000),
            Port.internal("b", 20_000));
    Map<String, Integer> remembered = Map.of("a", taken, "free", 0, "taken", taken, "b", 0);
    Map<String, Integer> chosen = PortChoice.of(ports, Map.of(), remembered, 7, port -> false);
    assertThat(chosen, hasEntry("a", taken));
    assertThat(chosen, hasEntry("free", 0));
    assertThat(chosen, not(hasEntry("taken", taken)));
    assertThat(chosen, not(hasEntry("b", 0)));
  }

  @Test
  void leavesPortsAsTheyAreThatSomethingUsesWhichRuns() {
    List<Port> ports =
        List.of(Port.scraped("a", 20_000), Port.internal("b", 20_000), Port.internal("c", 20_000));
    Map<String, Integer> remembered = Map.of("a", taken, "b", taken, "c", taken);
    Map<String, Integer> chosen =
        PortChoice.of(ports, Map.of(), remembered, 7, port -> !port.name().equals("c"));
    assertThat(chosen, hasEntry("a", taken));
    assertThat(chosen, hasEntry("b", taken));
    assertThat(chosen, not(hasEntry("c", taken)));
  }

  @Test
  void refusesWhereNoneIsFree() {
    List<Port> ports = List.of(Port.open("a", 65_536));
    StackException e =
        assertThrows(
            StackException.class, () -> PortChoice.of(ports, Map.of(), Map.of(), 0, port -> false));
    assertThat(e.getMessage(), is("Cannot choose a port for a: none from 65536 up is free"));
  }
}
