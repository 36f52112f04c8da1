package dev.millrace.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ClusterAddressTest {

  @Test
  void readsHostAndPort() {
    assertThat(ClusterAddress.parse("flink:9081"), is(new ClusterAddress("flink", 9081)));
    assertThat(ClusterAddress.parse("http://flink:9081/"), is(new ClusterAddress("flink", 9081)));
    assertThat(ClusterAddress.parse("flink"), is(new ClusterAddress("flink", 8081)));
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> ClusterAddress.parse("flink:web"))
            .getMessage(),
        is("Invalid flinkMaster: flink:web (expected host:port or [local])"));
  }

  @Test
  void findsAServerThatListens() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      new ClusterAddress("127.0.0.1", server.getLocalPort()).checkReachable();
    }
  }

  @Test
  void saysWhyAServerIsNotReached() {
    assertThat(
        assertThrows(IOException.class, () -> new ClusterAddress("127.0.0.1", 1).checkReachable())
            .getMessage(),
        startsWith("Cannot reach Flink at 127.0.0.1:1: Connection refused"));
    assertThat(
        assertThrows(
                IOException.class,
                () -> new ClusterAddress("no.such.host.invalid", 1).checkReachable())
            .getMessage(),
        is("Cannot reach Flink at no.such.host.invalid:1: unknown host"));
  }
}
