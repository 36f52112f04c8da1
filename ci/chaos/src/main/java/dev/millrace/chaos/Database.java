package dev.millrace.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL server of our own, which can be away for a while. */
final class Database implements Closeable {
  private final Path data;
  private EmbeddedPostgres server;

  Database(Path data) throws IOException {
    this.data = data;
    this.server = builder().start();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(server.getPort());
  }

  /** As runs are told it. */
  String plainUrl() {
    return url().replaceFirst("\\?.*", "");
  }

  void stop() throws IOException {
    server.close();
  }

  /** Starts it again, with its data and at its port. */
  void start() throws IOException {
    server = builder().setPort(server.getPort()).start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
