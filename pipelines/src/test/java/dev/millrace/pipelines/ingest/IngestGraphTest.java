package dev.millrace.pipelines.ingest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running job restores by the names of its transforms, its coders and its state: this test shows
 * a change of any of them in review. {@code -Dgolden.update} writes what was found.
 */
class IngestGraphTest {
  private static final Path GRAPH = Path.of("../testdata/ingest/graph.txt");

  @TempDir Path staging;

  @Test
  void namesCodersAndStateAreThoseThatRunningJobsKnow() throws IOException {
    List<String> lines = new ArrayList<>();
    pipeline().traverseTopologically(new Listing(lines));
    Golden.check(GRAPH, lines);
    assertThat(lines.isEmpty(), equalTo(false));
  }

  private Pipeline pipeline() {
    return IngestRun.build(
        staging,
        "--input=../testdata/flights/2001-01-01.ndjson.gz",
        "--contract=../testdata/flights/flights.odcs.yaml",
        "--aggregate=count",
        "--groupBy=origin");
  }

  private static final class Listing extends Pipeline.PipelineVisitor.Defaults {
    private final List<String> lines;

    Listing(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void visitPrimitiveTransform(Node node) {
      lines.add(node.getFullName());
      if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
        DoFnSignature signature = DoFnSignatures.signatureForDoFn(parDo.getFn());
        signature.stateDeclarations().keySet().stream()
            .sorted()
            .forEach(id -> lines.add("  state " + id));
        signature.timerDeclarations().keySet().stream()
            .sorted()
            .forEach(id -> lines.add("  timer " + id));
      }
    }

    @Override
    public void visitValue(PValue value, Node producer) {
      if (value instanceof PCollection<?> collection) {
        lines.add("  %s: %s".formatted(collection.getName(), name(collection)));
      }
    }

    /** The coder by its class, with those that it is made of. */
    private static String name(PCollection<?> collection) {
      return collection.getCoder().getEncodedTypeDescriptor().toString();
    }
  }
}
