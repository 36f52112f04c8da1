package dev.millrace.ledger;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables, brought up to date by Flyway. The same migrations run on both databases: they use
 * what both know.
 */
final class Schema {
  private static final String MIGRATIONS = "classpath:dev/millrace/ledger/migrations";

  private Schema() {}

  /** Creates or changes the tables, if they aren't those of this version. */
  static void migrate(DataSource source, Backend backend, LedgerLocation location) {
    FluentConfiguration configuration =
        Flyway.configure(Schema.class.getClassLoader())
            .loggers("slf4j")
            .dataSource(source)
            .locations(MIGRATIONS);
    backend.schema().ifPresent(configuration::defaultSchema);
    Flyway flyway = configuration.load();
    MigrationInfoService info = flyway.info();
    refuseNewer(info, location);
    if (info.pending().length > 0) {
      try {
        backend.exclusively(flyway::migrate);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void refuseNewer(MigrationInfoService info, LedgerLocation location) {
    MigrationInfo[] known = info.all();
    for (MigrationInfo migration : known) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        throw new LedgerException(
            "Cannot open ledger %s: a newer Millrace made its schema %s: use that version, or another ledger"
                .formatted(location, migration.getVersion()));
      }
    }
  }
}
