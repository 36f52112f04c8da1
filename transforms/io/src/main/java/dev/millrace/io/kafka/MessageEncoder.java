package dev.millrace.io.kafka;

import java.io.Serializable;

/** Makes messages of elements. An instance serves one thread at a time. */
interface MessageEncoder<T> extends Serializable {
  /** The message of an element. */
  KafkaMessage encode(T element);
}
