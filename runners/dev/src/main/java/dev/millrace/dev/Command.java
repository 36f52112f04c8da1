package dev.millrace.dev;

import java.util.List;

/**
 * How a Java process is started.
 *
 * @param options what Java is given
 * @param mainClass the class that is started, by name: it isn't on this class path
 * @param arguments what the class is given
 */
public record Command(List<String> options, String mainClass, List<String> arguments) {
  /** Copies the lists. */
  public Command {
    options = List.copyOf(options);
    arguments = List.copyOf(arguments);
  }
}
