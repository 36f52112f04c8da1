package dev.millrace.dev;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of so many brokers; the real one is asked wherever the stack is tested. */
class MetadataRequestTest {
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void isAnsweredByABrokerThatNamesItself() {
    CompletableFuture<String> asked = answer(1);
    assertThat(new MetadataRequest(server.getLocalPort()).isAnswered(), is(true));
    assertThat(
        asked.join(),
        is("0003" + "0001" + "00000001" + "000c6d696c6c726163652d646576" + "00000000"));
  }

  @Test
  void isNotAnsweredByABrokerThatKnowsOfNone() {
    CompletableFuture<String> asked = answer(0);
    assertThat(new MetadataRequest(server.getLocalPort()).isAnswered(), is(false));
    assertThat(asked.join().length(), is(2 * 26));
  }

  @Test
  void isNotAnsweredWhereNobodyListens() throws IOException {
    server.close();
    assertThat(new MetadataRequest(server.getLocalPort()).isAnswered(), is(false));
  }

  private CompletableFuture<String> answer(int brokers) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] request = in.readNBytes(in.readInt());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(3 * Integer.BYTES);
            out.writeInt(1);
            out.writeInt(brokers);
            out.writeInt(0);
            return HexFormat.of().formatHex(request);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
