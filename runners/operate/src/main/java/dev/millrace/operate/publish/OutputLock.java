package dev.millrace.operate.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time change what is published in an output folder: of the threads of this process
 * and of all processes on the machine. A process that is killed holds it no longer.
 */
final class OutputLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Between threads, which a lock of a file is not for. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel channel;

  private OutputLock(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  /**
   * Waits until nobody else holds it.
   *
   * @throws PublishException if that takes some minutes, or the disk fails
   */
  static OutputLock of(Path output) {
    return of(output, PATIENCE);
  }

  static OutputLock of(Path output, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    ReentrantLock thread = THREADS.computeIfAbsent(output, path -> new ReentrantLock());
    try {
      if (!thread.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw PublishException.locked(output, patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PublishException.locked(output, patience);
    }
    try {
      return new OutputLock(thread, lock(output, patience, deadline));
    } catch (IOException e) {
      thread.unlock();
      throw PublishException.of(output.toString(), e);
    } catch (RuntimeException e) {
      thread.unlock();
      throw e;
    }
  }

  private static FileChannel lock(Path output, Duration patience, long deadline)
      throws IOException {
    Path file = output.resolve(StagingFolders.NAME).resolve(".lock");
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    while (lock == null && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
      lock = channel.tryLock();
    }
    if (lock == null) {
      channel.close();
      throw PublishException.locked(output, patience);
    }
    return channel;
  }

  /** For what must not happen without it. */
  void checkHeld() {
    if (!channel.isOpen() || !thread.isHeldByCurrentThread()) {
      throw new IllegalStateException("Cannot change an output folder without its lock");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw PublishException.of("run", e);
    } finally {
      thread.unlock();
    }
  }
}
