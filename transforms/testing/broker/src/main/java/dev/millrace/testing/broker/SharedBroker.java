package dev.millrace.testing.broker;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit 5 extension that gives tests a {@link KafkaBroker} as a parameter: one for all tests of a
 * process, started by the first that asks and closed after the last. Each test makes topics of its
 * own.
 */
public final class SharedBroker implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);

  /** Closes the broker with the store that it is in. */
  @SuppressWarnings("deprecation") // its successor alone is closed from JUnit 6 on
  private record Shared(KafkaBroker broker)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      broker.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaBroker.class;
  }

  @Override
  public KafkaBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Shared.class, type -> new Shared(KafkaBroker.start()), Shared.class)
        .broker();
  }
}
