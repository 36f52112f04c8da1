/**
 * Tables in PostgreSQL: {@link dev.millrace.io.jdbc.WriteJdbc} upserts records by key, into the
 * database that a {@link dev.millrace.io.jdbc.Database} says how to reach.
 *
 * <p>Nothing here rejects a record. A table that doesn't fit its records is refused at launch; a
 * database that is away for a while is waited for; anything else fails the bundle, as a {@link
 * dev.millrace.io.WriteException}.
 */
package dev.millrace.io.jdbc;
