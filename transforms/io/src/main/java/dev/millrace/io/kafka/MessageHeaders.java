package dev.millrace.io.kafka;

import dev.millrace.record.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Headers of a message, in the order in which they are added. */
final class MessageHeaders {
  private final List<Header> headers = new ArrayList<>();

  static MessageHeaders of(Map<String, String> values) {
    MessageHeaders headers = new MessageHeaders();
    values.forEach(headers::add);
    return headers;
  }

  /** Those that a message came with, in their order. */
  static MessageHeaders of(Envelope envelope) {
    MessageHeaders headers = new MessageHeaders();
    envelope.headers().forEach(headers::add);
    return headers;
  }

  MessageHeaders add(String name, String value) {
    headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  private void add(Envelope.Header header) {
    headers.add(new RecordHeader(header.name(), header.value()));
  }

  List<Header> headers() {
    return headers;
  }
}
