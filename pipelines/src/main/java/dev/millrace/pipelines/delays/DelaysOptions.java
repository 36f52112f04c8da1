package dev.millrace.pipelines.delays;

import dev.millrace.pipelines.PublishOptions;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** The options of {@link Delays}, beside those of Beam and the runner. */
public interface DelaysOptions extends PublishOptions {

  @Description("Input files of flights: paths or globs, separated by commas.")
  @Validation.Required
  List<String> getInput();

  void setInput(List<String> input);

  @Description("Data contract of the flights: an ODCS v3.1 file.")
  @Validation.Required
  String getContract();

  void setContract(String contract);

  @Description("Folder that the published tables, the quarantine and the report are in.")
  String getOutput();

  void setOutput(String output);

  @Description("Folder that this run writes to before it is audited. Set by the launcher.")
  @Validation.Required
  String getStaging();

  void setStaging(String staging);

  @Description("Name of this run. Set by the launcher.")
  String getRunId();

  void setRunId(String runId);

  @Description("Folder of the quarantine. Default: quarantine, in --output.")
  String getQuarantine();

  void setQuarantine(String quarantine);
}
