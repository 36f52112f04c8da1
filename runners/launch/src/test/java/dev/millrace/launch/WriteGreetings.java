package dev.millrace.launch;

import dev.millrace.pipelines.CheckedContract;
import dev.millrace.pipelines.EngineOptions;
import dev.millrace.pipelines.PipelineDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/** A pipeline that writes a file named after its greeting to its staging folder, or fails to. */
public final class WriteGreetings implements PipelineDefinition<WriteGreetings.Options> {

  /** Its options: those that the launcher sets, and some to get wrong. */
  public interface Options extends PipelineOptions {
    @Description("Whom to greet.")
    @Validation.Required
    String getGreeting();

    void setGreeting(String greeting);

    @Description("How often.")
    @Default.Integer(1)
    Integer getTimes();

    void setTimes(Integer times);

    List<String> getInput();

    void setInput(List<String> input);

    String getContract();

    void setContract(String contract);

    String getOutput();

    void setOutput(String output);

    String getQuarantine();

    void setQuarantine(String quarantine);

    String getStaging();

    void setStaging(String staging);

    String getRunId();

    void setRunId(String runId);

    String getFrom();

    void setFrom(String from);

    String getTo();

    void setTo(String to);

    String getWindow();

    void setWindow(String window);

    String getScratch();

    void setScratch(String scratch);
  }

  @Override
  public String name() {
    return "greet";
  }

  @Override
  public String summary() {
    return "Writes greetings";
  }

  @Override
  public String version() {
    return "7";
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public CheckedContract build(Pipeline pipeline, Options options) {
    if (options.getGreeting().equals("refuse")) {
      throw new IllegalArgumentException("Invalid greeting: refuse (expected a kind word)");
    }
    if (options.getGreeting().equals("once") && !options.as(EngineOptions.class).isStableInput()) {
      throw new IllegalArgumentException("Invalid greeting: once (expected where input is stable)");
    }
    if (options.getGreeting().equals("stumble")) {
      throw new IllegalStateException("no coder");
    }
    pipeline
        .apply("Greetings", Create.of(options.getGreeting()))
        .apply("Write", ParDo.of(new Write(options.getStaging())));
    return CheckedContract.none();
  }

  private static final class Write extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;
    private final String folder;

    Write(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element String greeting) throws IOException {
      Files.writeString(Path.of(folder, "partial"), greeting);
      if (greeting.equals("break")) {
        throw new IOException("Cannot read greetings.gz: truncated after 7 bytes");
      }
      Files.writeString(Path.of(folder, greeting), greeting);
    }
  }
}
