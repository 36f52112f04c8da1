package dev.millrace.dev;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one stack of a user at a time choose its ports and begin to listen on them: one that is free
 * is taken only when its process binds to it. A command that waits for another goes on when that is
 * done, has failed or was killed.
 */
final class PortLock {
  /** For threads: a file is locked for the whole process. */
  private static final ReentrantLock LOCK = new ReentrantLock();

  private PortLock() {}

  static <T> T hold(Supplier<T> start) {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "millrace-ports-%s.lock".formatted(System.getProperty("user.name")));
    LOCK.lock();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // until the channel is closed, or this process ends
      return start.get();
    } catch (IOException e) {
      throw new StackException("Cannot lock %s: %s".formatted(file, e.getMessage()), e);
    } finally {
      LOCK.unlock();
    }
  }
}
