package dev.millrace.benchmarks.stream;

import dev.millrace.benchmarks.JavaCommand;
import dev.millrace.benchmarks.run.Assignment;
import dev.millrace.testing.broker.NewTopics;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A Kafka broker in a process of its own, with its data in a folder, both for one benchmark. */
final class Broker implements AutoCloseable {
  private static final long GRACE_SECONDS = 30;

  private final Process process;
  private final Admin admin;
  private final String bootstrapServers;

  private Broker(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Starts it, with its data and its log in a folder. */
  static Broker start(Path folder) throws IOException {
    Files.createDirectories(folder);
    File log = folder.resolve("broker.log").toFile();
    Process process =
        JavaCommand.of(BrokerMain.class, List.of("-Djava.io.tmpdir=" + folder), List.of())
            .redirectError(log)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String bootstrapServers = output.readLine();
    if (bootstrapServers == null) {
      throw new IOException("Cannot start a broker: see " + log);
    }
    return new Broker(process, bootstrapServers);
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Makes the topics of an assignment. Messages of those that are written have the time at which
   * the broker took them.
   */
  void createTopics(Assignment assignment) throws IOException {
    Map<String, String> stamped = Map.of("message.timestamp.type", "LogAppendTime");
    List<NewTopic> topics =
        List.of(
            topic(assignment.input()),
            topic(assignment.output()).configs(stamped),
            topic(assignment.rejects()).configs(stamped),
            topic(assignment.aggregates()).configs(stamped));
    await("create", () -> NewTopics.create(admin, topics));
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Assignment.PARALLELISM, (short) 1);
  }

  /**
   * Deletes the topics of an assignment, so that the disk holds those of one at a time: those that
   * a contender has made for itself begin with the name of its input, too.
   */
  void deleteTopics(Assignment assignment) throws IOException {
    await(
        "delete",
        () -> {
          List<String> topics =
              admin.listTopics().names().get().stream()
                  .filter(name -> name.startsWith(assignment.input()))
                  .toList();
          admin.deleteTopics(topics).all().get();
        });
  }

  /** What is asked of the broker. */
  private interface Request {
    void send() throws ExecutionException, InterruptedException;
  }

  private static void await(String verb, Request request) throws IOException {
    try {
      request.send();
    } catch (ExecutionException e) {
      throw new IOException("Cannot %s topics: %s".formatted(verb, e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot %s topics: interrupted".formatted(verb), e);
    }
  }

  @Override
  public void close() throws IOException {
    admin.close();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
