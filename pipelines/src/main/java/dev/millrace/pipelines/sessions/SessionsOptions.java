package dev.millrace.pipelines.sessions;

import dev.millrace.pipelines.PublishOptions;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** The options of {@link Sessions}, beside those of Beam and the runner. */
public interface SessionsOptions extends PublishOptions {

  @Description("Input files: paths or globs, separated by commas. Files may be gzipped.")
  @Validation.Required
  List<String> getInput();

  void setInput(List<String> input);

  @Description("Data contract of the records: an ODCS v3.1 file.")
  @Validation.Required
  String getContract();

  void setContract(String contract);

  @Description("Folder that the published tables, the quarantine and the report are in.")
  String getOutput();

  void setOutput(String output);

  @Description("Folder of the quarantine. Default: quarantine, in --output.")
  String getQuarantine();

  void setQuarantine(String quarantine);

  @Description("Field whose records make sessions with those of the same value.")
  @Validation.Required
  String getSessionKey();

  void setSessionKey(String field);

  @Description("How long nothing must come for a session to end, such as 30m.")
  @Default.String("30m")
  String getGap();

  void setGap(String gap);

  @Description(
      "Aggregates of a session beside its records, separated by commas: sum(f), min(f), max(f),"
          + " mean(f). Default: none.")
  String getAggregate();

  void setAggregate(String aggregate);

  @Description("Folder that this run writes to before it is audited. Set by the launcher.")
  @Validation.Required
  String getStaging();

  void setStaging(String staging);

  @Description("Name of this run. Set by the launcher.")
  String getRunId();

  void setRunId(String runId);
}
