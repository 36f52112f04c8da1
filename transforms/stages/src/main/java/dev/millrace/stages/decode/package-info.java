/**
 * Decoding: raw records enter, typed records leave, and what can't be one is rejected.
 *
 * <p>Start with {@link dev.millrace.stages.decode.DecodeRecords}. Its {@code JsonRecordDecoder}
 * walks over a record once and does all at the same time: it reads JSON with a {@code JsonCursor},
 * finds fields with {@code FieldNames}, checks values by the rules of the contract in {@code
 * FieldValues}, and collects {@code Violations}. Nothing here fails on data.
 */
package dev.millrace.stages.decode;
