/**
 * Decoding: raw records enter, typed records leave, and what can't be one is rejected.
 *
 * <p>Start with {@link dev.millrace.stages.decode.DecodeRecords}. Its {@code JsonRecordDecoder}
 * walks over a record once and does all at the same time: it reads JSON with a {@code JsonCursor},
 * finds fields with {@code FieldNames}, checks values by the rules of the contract in {@code
 * FieldValues}, and collects {@code Violations}. Its {@code CsvRecordDecoder} does the same for
 * CSV, with {@code CsvText} and {@code CsvColumns}; and {@code AvroRecordDecoder} for Avro, with an
 * {@code AvroReader} for each field of the writer's schema, and {@code TypedValues}. A table in the
 * Javadoc of {@code DecodeRecords} says what is read as a value of which type. {@link
 * dev.millrace.stages.decode.BlockDecoder} checks records without a pipeline. Nothing here fails on
 * data.
 */
package dev.millrace.stages.decode;
