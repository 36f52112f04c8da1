package dev.millrace.dev;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a Kafka broker which brokers there are: one that has just begun to listen doesn't name
 * itself yet, and can't do anything for its clients until it does.
 *
 * <p>In the bytes of <a href="https://kafka.apache.org/protocol#The_Messages_Metadata">Kafka's
 * protocol</a>, version 1, because its client is slow to start and loud where nobody listens.
 */
record MetadataRequest(int port) {
  private static final short METADATA = 3;
  private static final short VERSION = 1;
  private static final int CORRELATION = 1;
  private static final String CLIENT = "millrace-dev";
  private static final int NO_TOPICS = 0;
  private static final int PATIENCE_MILLIS = 2_000;

  boolean isAnswered() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      byte[] request = request();
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(request.length);
      out.write(request);
      out.flush();
      return namesABroker(new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] request() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(METADATA);
    out.writeShort(VERSION);
    out.writeInt(CORRELATION);
    out.writeShort(CLIENT.length());
    out.write(CLIENT.getBytes(StandardCharsets.US_ASCII));
    out.writeInt(NO_TOPICS);
    return bytes.toByteArray();
  }

  private static boolean namesABroker(DataInputStream in) throws IOException {
    int length = in.readInt();
    int correlation = in.readInt();
    int brokers = in.readInt();
    return length > 2 * Integer.BYTES && correlation == CORRELATION && brokers > 0;
  }
}
