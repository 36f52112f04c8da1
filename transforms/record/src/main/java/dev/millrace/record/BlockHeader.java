package dev.millrace.record;

/** What the records of a {@link RawBlock} need to be understood, where they are not JSON. */
public sealed interface BlockHeader permits CsvHeader, AvroHeader, RegistryHeader {}
