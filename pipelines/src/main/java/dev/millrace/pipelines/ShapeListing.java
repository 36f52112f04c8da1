package dev.millrace.pipelines;

import dev.millrace.pipelines.PipelineShape.Coding;
import dev.millrace.pipelines.PipelineShape.Step;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;

/** Walks a graph and lists what it is made of. */
final class ShapeListing extends Pipeline.PipelineVisitor.Defaults {
  private static final Set<Class<?>> STATELESS =
      Set.of(
          Window.Assign.class,
          Flatten.PCollections.class,
          Impulse.class,
          View.CreatePCollectionView.class);

  private static final int FINGERPRINT_BYTES = 8;

  private final Map<String, Step> steps = new LinkedHashMap<>();

  Map<String, Step> steps() {
    return steps;
  }

  @Override
  public void visitPrimitiveTransform(Node node) {
    PTransform<?, ?> transform = node.getTransform();
    Step step = new Step(STATELESS.contains(transform.getClass()));
    steps.put(node.getFullName(), step);
    if (transform instanceof ParDo.MultiOutput<?, ?> parDo) {
      DoFnSignature signature = DoFnSignatures.signatureForDoFn(parDo.getFn());
      step.states().addAll(signature.stateDeclarations().keySet());
      step.timers().addAll(signature.timerDeclarations().keySet());
    }
  }

  @Override
  public void visitValue(PValue value, Node producer) {
    Step step = steps.get(producer.getFullName());
    if (step != null && value instanceof PCollection<?> collection) {
      Coder<?> coder = collection.getCoder();
      step.outputs()
          .put(
              collection.getName(),
              new Coding(coder.getEncodedTypeDescriptor().toString(), fingerprint(coder)));
    }
  }

  /** Of what runners write into savepoints: the coder itself, with all that it is made of. */
  private static String fingerprint(Coder<?> coder) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(SerializableUtils.serializeToByteArray(coder));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash coders: no SHA-256", e);
    }
  }
}
