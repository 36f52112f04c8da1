package dev.millrace.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.pipelines.PipelineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapeFileTest {
  @TempDir Path staging;

  @Test
  void refusesNothingWhereThereIsNoFile() {
    file().check("r", shape("Read", VarLongCoder.of()), false);
  }

  @Test
  void letsThroughWhatFits() {
    file().write(shape("Read", VarLongCoder.of()));
    file().check("r", shape("Read", VarLongCoder.of()), false);
  }

  @Test
  void refusesWhatHasNoPlaceForTheState() {
    file().write(shape("Read", VarLongCoder.of()));
    assertThat(
        refusal(shape("Other", VarLongCoder.of()), false),
        is(
            """
            Cannot restore run r: transform Read is gone
            With --allowNonRestoredState its state would be left behind"""));
    file().check("r", shape("Other", VarLongCoder.of()), true);
  }

  @Test
  void refusesOtherCodersWhateverMayBeLost() {
    file().write(shape("Read", VarLongCoder.of()));
    assertThat(
        refusal(shape("Read", BigEndianLongCoder.of()), true),
        is(
            "Cannot restore run r: the coder of transform Read/MapElements/Map/ParMultiDo(Anonymous) has changed"
                + " (java.lang.Long)"));
  }

  @Test
  void goesBackToTheShapeOfBefore() throws IOException {
    file().write(shape("Read", VarLongCoder.of()));
    file().write(shape("Other", VarLongCoder.of()));
    file().undo();
    file().check("r", shape("Read", VarLongCoder.of()), false);
    file().undo();
    file().check("r", shape("Read", VarLongCoder.of()), false);
  }

  @Test
  void saysWhichFileItCannotReadOrWrite() throws IOException {
    Path path = staging.resolve("pipeline.json");
    Files.writeString(path, "{");
    RunFailedException unreadable =
        assertThrows(
            RunFailedException.class,
            () -> file().check("r", shape("Read", VarLongCoder.of()), false));
    assertThat(unreadable.getMessage(), startsWith("Cannot read %s: ".formatted(path)));
    ShapeFile nowhere = ShapeFile.in(staging.resolve("none"));
    RunFailedException unwritable =
        assertThrows(
            RunFailedException.class, () -> nowhere.write(shape("Read", VarLongCoder.of())));
    assertThat(
        unwritable.getMessage(),
        startsWith("Cannot write %s: ".formatted(staging.resolve("none/pipeline.json"))));
  }

  private ShapeFile file() {
    return ShapeFile.in(staging);
  }

  private String refusal(PipelineShape shape, boolean mayLose) {
    return assertThrows(IllegalArgumentException.class, () -> file().check("r", shape, mayLose))
        .getMessage();
  }

  private static PipelineShape shape(String name, Coder<Long> coder) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(name, Create.of(1L).withCoder(coder));
    return PipelineShape.of(pipeline);
  }
}
