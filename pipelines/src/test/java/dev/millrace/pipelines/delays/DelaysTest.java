package dev.millrace.pipelines.delays;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.testing.PipelineExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PipelineExtension.class)
class DelaysTest {
  private static final String START = "// README: your own pipeline";
  private static final String END = "// README: end";

  @TempDir Path output;

  @Test
  void writesDelaysByNewYorkDayAndQuarantinesTheRest(TestPipeline pipeline) {
    DelaysOptions options = pipeline.getOptions().as(DelaysOptions.class);
    options.setInput(List.of("../testdata/flights/2001-01-02.ndjson.gz"));
    options.setContract("../testdata/flights/flights.odcs.yaml");
    options.setStaging(output.toString());
    new Delays().build(pipeline, options);
    pipeline.run();

    assertThat(exists("delays/dt=2001-01-01/part-00000.parquet"), is(true));
    assertThat(exists("delays/dt=2001-01-02/part-00000.parquet"), is(true));
    assertThat(exists("quarantine/reason=out_of_range/part-00000.ndjson"), is(true));
  }

  private boolean exists(String file) {
    return Files.exists(output.resolve(file));
  }

  @Test
  void isThePipelineThatTheReadmeShows() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/millrace/pipelines/delays/Delays.java"));
    String region = source.substring(source.indexOf(START) + START.length(), source.indexOf(END));
    List<String> readme = Files.readAllLines(Path.of("../README.md"));
    int from = readme.indexOf("```java") + 1;
    List<String> shown =
        readme.subList(from, from + readme.subList(from, readme.size()).indexOf("```"));

    assertThat(String.join("\n", shown).strip(), is(region.stripIndent().strip()));
  }
}
