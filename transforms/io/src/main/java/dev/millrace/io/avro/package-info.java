/**
 * The bytes of Avro's object container files, for those that read them and those that write them:
 * {@link dev.millrace.io.avro.AvroContainer} puts blocks around what {@link
 * dev.millrace.io.avro.AvroBytes} collects, compressed by an {@link
 * dev.millrace.io.avro.AvroCodec}.
 */
package dev.millrace.io.avro;
