package dev.millrace.record;

/**
 * What records in Avro's binary encoding need to be understood: the schema that they were written
 * with.
 *
 * @param schema the schema in JSON, not yet looked into
 */
public record AvroHeader(String schema) implements BlockHeader {}
