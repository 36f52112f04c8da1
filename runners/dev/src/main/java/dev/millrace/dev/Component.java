package dev.millrace.dev;

import java.io.IOException;
import java.util.List;

/** One process of the local stack: how it is configured and started, and when it answers. */
public interface Component {
  /** Its name, which is also that of its folder. */
  String name();

  /** What it is a part of, such as a cluster: its parts know each other's ports. */
  String engine();

  /** The ports that it listens on, first the one that users connect to. */
  List<Port> ports();

  /** The module, by its folder in the source, whose {@code target/classpath} it runs on. */
  String module();

  /**
   * Writes its configuration to its folder, and says how to start it.
   *
   * @throws IOException if that can't be written
   */
  Command command(Site site) throws IOException;

  /** What must have ended well before it is started; called after {@link #command}. */
  default List<Command> preparations(Site site) {
    return List.of();
  }

  /** Whether it does its work, so that clients can use it. */
  boolean answers(Site site);
}
