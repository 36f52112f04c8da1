package dev.millrace.testing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.hamcrest.Matcher;
import org.hamcrest.MatcherAssert;

/** Hamcrest on collections of a pipeline: the assertion runs when the pipeline has run. */
public final class Elements {
  private Elements() {}

  /** A matcher that is made where the assertion runs, since matchers themselves don't travel. */
  @FunctionalInterface
  public interface Expectation<T> extends Serializable {
    /** Makes the matcher of all elements, in no order. */
    Matcher<? super List<T>> matcher();
  }

  /**
   * Asserts that all elements of a collection, over all windows and panes, match.
   *
   * <pre>{@code
   * assertElements(outcome.rejected(), () -> contains(rejectedFor(MALFORMED)));
   * }</pre>
   */
  public static <T> void assertElements(PCollection<T> elements, Expectation<T> expected) {
    PAssert.that(elements).satisfies(new Check<>(elements.getName(), expected));
  }

  private record Check<T>(String name, Expectation<T> expected)
      implements SerializableFunction<Iterable<T>, Void> {
    @Override
    public Void apply(Iterable<T> elements) {
      List<T> list = new ArrayList<>();
      elements.forEach(list::add);
      MatcherAssert.assertThat(name, list, expected.matcher());
      return null;
    }
  }
}
