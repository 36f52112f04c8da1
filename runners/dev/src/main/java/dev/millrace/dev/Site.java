package dev.millrace.dev;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where one process of a stack is at home.
 *
 * @param stack the folder of the whole stack
 * @param folder the process's own folder in it
 * @param scratch a folder for its temporary files, emptied before each start
 * @param log the file that its output goes to
 * @param stackId the name of the stack, the same for its whole life: 22 characters, base64url
 * @param start the name of this start of the process, different for each
 * @param slots how many subtasks of a step each worker runs
 * @param ports the numbers of the stack's ports, by name
 */
public record Site(
    Path stack,
    Path folder,
    Path scratch,
    Path log,
    String stackId,
    String start,
    int slots,
    Map<String, Integer> ports) {
  /** The only address that anything binds to. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The number of a port. */
  public int port(String name) {
    return ports.get(name);
  }
}
