package dev.millrace.testing;

import java.lang.reflect.Method;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * Gives a JUnit 5 test method a {@link TestPipeline} as its parameter.
 *
 * <pre>{@code
 * @ExtendWith(PipelineExtension.class)
 * class DropDuplicatesTest {
 *   @Test
 *   void keepsTheFirstOfTwo(TestPipeline pipeline) { ... pipeline.run(); }
 * }
 * }</pre>
 *
 * <p>A test that builds a pipeline and never runs it, or adds a transform or an assertion after the
 * run, fails: the checks are those that Beam's own JUnit 4 rule makes, run around the test method.
 * What comes after the method, such as deleting its folders, waits for the {@link DirectWorkers} of
 * its runs; other tests may run at the same time.
 */
public final class PipelineExtension implements ParameterResolver, InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(PipelineExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestPipeline.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestPipeline.class, type -> TestPipeline.create());
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runAsRule(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runAsRule(invocation, context);
  }

  private static void runAsRule(Invocation<Void> invocation, ExtensionContext context)
      throws Throwable {
    TestPipeline pipeline = context.getStore(NAMESPACE).get(TestPipeline.class, TestPipeline.class);
    if (pipeline == null) {
      invocation.proceed();
      return;
    }
    Statement test =
        new Statement() {
          @Override
          public void evaluate() throws Throwable {
            invocation.proceed();
          }
        };
    Description name =
        Description.createTestDescription(
            context.getRequiredTestClass(), context.getRequiredTestMethod().getName());
    DirectWorkers.Mine workers = DirectWorkers.mine();
    try {
      pipeline.apply(test, name).evaluate();
    } finally {
      workers.join();
    }
  }
}
