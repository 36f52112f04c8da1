package dev.millrace.benchmarks.stream;

import dev.millrace.testing.broker.KafkaBroker;

/** A broker until its standard input ends, which it does with the process that started it. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Prints where clients find it, and goes on until nobody holds its standard input any more. */
  @SuppressWarnings("SystemOut") // the address is this program's output
  public static void main(String[] args) throws Exception {
    try (KafkaBroker broker = KafkaBroker.start()) {
      System.out.println(broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // nothing is said to it
      }
    }
  }
}
