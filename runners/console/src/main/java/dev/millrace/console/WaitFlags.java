package dev.millrace.console;

import dev.millrace.operate.input.InputWait;
import dev.millrace.record.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options of verbs whose runs may wait for their input. */
final class WaitFlags {
  private static final String USUAL_TIMEOUT = "1h";
  private static final String USUAL_END = "fail";

  @Option(
      names = "--wait-for",
      paramLabel = "PATH",
      description = {
        "Wait, before a run starts, until a file or folder is there, such as a partition's"
            + " _SUCCESS, or a match of a glob; {date} is each day of the run. Repeat it to wait for"
            + " several."
      })
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--wait-timeout",
      paramLabel = "DURATION",
      description = "For how long, such as 90s, 30m or 2h. Default: " + USUAL_TIMEOUT + ".")
  private String timeout;

  @Option(
      names = "--on-missing",
      paramLabel = "fail|stale",
      description =
          "What comes then: the run fails; or nothing is published, and _STALE in the output says"
              + " since when and what is missing. Default: "
              + USUAL_END
              + ".")
  private String onMissing;

  /**
   * What is to be waited for, if anything is.
   *
   * @throws IllegalArgumentException if the options make no sense
   */
  Optional<InputWait> asked() {
    if (patterns.isEmpty()) {
      if (timeout != null || onMissing != null) {
        throw new IllegalArgumentException(
            "Missing required value: wait-for (%s is about it)"
                .formatted(timeout == null ? "--on-missing" : "--wait-timeout"));
      }
      return Optional.empty();
    }
    Duration longest = Durations.parse("--wait-timeout", orElse(timeout, USUAL_TIMEOUT));
    if (longest.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid --wait-timeout: %s (expected 0s or more)".formatted(timeout));
    }
    return Optional.of(
        new InputWait(patterns, longest, InputWait.OnMissing.named(orElse(onMissing, USUAL_END))));
  }

  /** The same options again, for {@link #of}. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    patterns.forEach(pattern -> arguments.add("--wait-for=" + pattern));
    if (timeout != null) {
      arguments.add("--wait-timeout=" + timeout);
    }
    if (onMissing != null) {
      arguments.add("--on-missing=" + onMissing);
    }
    return arguments;
  }

  /** What {@link #arguments} gave. */
  static WaitFlags of(List<String> arguments) {
    return CommandLine.populateCommand(new WaitFlags(), arguments.toArray(String[]::new));
  }

  private static String orElse(String value, String usual) {
    return value == null ? usual : value;
  }
}
