package dev.millrace.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.junit.jupiter.api.Test;

class PipelineShapeTest {
  private static final TupleTag<Long> NUMBERS = new TupleTag<>() {};

  @Test
  void fitsItselfAndOneThatHasMore() {
    PipelineShape saved = shape(new Remember(), true);
    assertThat(shape(new Remember(), true).lacks(saved), empty());
    assertThat(shape(new Remember(), true).recodes(saved), empty());
    assertThat(saved.lacks(shape(new Remember(), false)), empty());
  }

  @Test
  void tellsTransformsThatAreGoneByTheNameThatThePipelineGaveThem() {
    assertThat(
        shape(new Remember(), false).lacks(shape(new Remember(), true)),
        contains("transform Group is gone"));
  }

  @Test
  void tellsStateThatIsGone() {
    assertThat(
        shape(new Forget(), true).lacks(shape(new Remember(), true)),
        contains("transform Remember has no state 'seen' any more"));
    assertThat(shape(new Remember(), true).lacks(shape(new Forget(), true)), empty());
  }

  @Test
  void tellsCodersThatHaveChangedWithTheSameType() {
    assertThat(
        shape(new Remember(), NullableCoder.of(StringUtf8Coder.of()))
            .recodes(shape(new Remember(), StringUtf8Coder.of())),
        contains(
            "the coder of transform Read/MapElements/Map/ParMultiDo(Anonymous) has changed"
                + " (org.apache.beam.sdk.values.KV<java.lang.String, java.lang.Long>)"));
  }

  @Test
  void canBeWrittenDown() throws IOException {
    PipelineShape shape = shape(new Remember(), true);
    ObjectMapper json = new ObjectMapper();
    PipelineShape read = json.readValue(json.writeValueAsString(shape), PipelineShape.class);
    assertThat(read, is(shape));
    assertThat(read.lines(), is(shape.lines()));
  }

  private static PipelineShape shape(DoFn<KV<String, Long>, Long> remember, boolean grouped) {
    Pipeline pipeline = Pipeline.create();
    PCollection<KV<String, Long>> input = read(pipeline, StringUtf8Coder.of());
    remember(input, remember);
    if (grouped) {
      input.apply("Window", Window.into(new GlobalWindows())).apply("Group", GroupByKey.create());
    }
    return PipelineShape.of(pipeline);
  }

  private static PipelineShape shape(DoFn<KV<String, Long>, Long> remember, Coder<String> keys) {
    Pipeline pipeline = Pipeline.create();
    remember(read(pipeline, keys), remember);
    return PipelineShape.of(pipeline);
  }

  /** By a name that the function's class is no part of. */
  private static void remember(
      PCollection<KV<String, Long>> input, DoFn<KV<String, Long>, Long> remember) {
    input
        .apply("Remember", ParDo.of(remember).withOutputTags(NUMBERS, TupleTagList.empty()))
        .get(NUMBERS)
        .setCoder(VarLongCoder.of());
  }

  private static PCollection<KV<String, Long>> read(Pipeline pipeline, Coder<String> keys) {
    return pipeline.apply(
        "Read", Create.of(KV.of("a", 1L)).withCoder(KvCoder.of(keys, VarLongCoder.of())));
  }

  private static final class Remember extends DoFn<KV<String, Long>, Long> {
    private static final long serialVersionUID = 1L;

    @StateId("seen")
    private final StateSpec<ValueState<Long>> seen = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, Long> element, @StateId("seen") ValueState<Long> state) {
      state.write(element.getValue());
    }
  }

  private static final class Forget extends DoFn<KV<String, Long>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Long> element, OutputReceiver<Long> out) {
      out.output(element.getValue());
    }
  }
}
