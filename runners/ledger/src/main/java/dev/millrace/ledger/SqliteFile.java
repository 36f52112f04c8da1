package dev.millrace.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file. Readers don't wait for the writer (WAL), a commit is on the disk when it returns
 * ({@code synchronous=FULL}), and who finds the file locked waits for it.
 *
 * <p>Transactions are deferred, the driver's default, since it begins the next one right after each
 * commit: an immediate one would take the write lock again for nothing. So each unit of work that
 * writes has to start with a write, see {@link Transactions#write}.
 */
record SqliteFile(Path file, Duration deadline) implements Backend {

  @Override
  public void prepare() {
    if (Files.isDirectory(file)) {
      throw new LedgerException(
          "Cannot open ledger %s: it is a folder: name a file in it (--ledger=FILE)"
              .formatted(file));
    }
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new LedgerException(
          "Cannot open ledger %s: its folder can't be created: %s: name a file elsewhere (--ledger=FILE)"
              .formatted(file, reason(e)),
          e);
    }
    Path written = Files.exists(file) ? file : file.getParent();
    if (!Files.isWritable(written)) {
      throw new LedgerException(
          "Cannot open ledger %s: no permission to write to %s: change that, or name a file elsewhere (--ledger=FILE)"
              .formatted(file, written));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "%s is a file".formatted(e.getMessage());
    }
    return e instanceof FileSystemException ? e.getMessage() : e.toString();
  }

  @Override
  public DataSource dataSource() {
    SQLiteConfig config = patient();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return source(config, file.toString());
  }

  private SQLiteConfig patient() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) deadline.toMillis());
    return config;
  }

  private static DataSource source(SQLiteConfig config, String file) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** One: SQLite has one writer at a time, and threads wait better for it than files. */
  @Override
  public int connections() {
    return 1;
  }

  @Override
  public Optional<String> schema() {
    return Optional.empty();
  }

  /**
   * Holds the lock of an empty database beside the ledger: Flyway has none for SQLite, and the
   * ledger's own would keep Flyway out.
   */
  @Override
  public void exclusively(Runnable migration) {
    Jdbi.create(source(patient(), file + ".lock"))
        .useHandle(
            beside -> {
              beside.execute("BEGIN EXCLUSIVE");
              migration.run();
            });
  }
}
