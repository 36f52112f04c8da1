/**
 * The dead-letter layout: what a run rejected, as files that people and programs can read.
 *
 * <p>{@link dev.millrace.record.Rejected} records enter {@link
 * dev.millrace.quarantine.WriteQuarantine}, one {@link dev.millrace.record.WrittenFile} a file
 * leaves, and {@link dev.millrace.quarantine.QuarantineReader} gives the records back, to the byte.
 * What can fail is the file system, which fails the run; no record can, whatever is in it. Start
 * with {@link dev.millrace.quarantine.WriteQuarantine}.
 *
 * <p>The layout is {@code quarantine/reason=<code>/part-00000.ndjson}: newline-delimited JSON in
 * UTF-8, one rejected record a line, in the order of source and offset. What never ends is written
 * in parts, {@code part-00000-00000.ndjson} and so on. The keys of a line, always in this order:
 *
 * <table>
 *   <caption>A quarantined record</caption>
 *   <tr><td>id</td><td>the content address of the failure, see {@code Rejected.id()}</td></tr>
 *   <tr><td>stage</td><td>the stage that rejected it</td></tr>
 *   <tr><td>reason</td><td>the code of the reason that it is counted under</td></tr>
 *   <tr><td>violations</td><td>all that is wrong: reason, path, rule, message of each</td></tr>
 *   <tr><td>source, offset</td><td>where it was read</td></tr>
 *   <tr><td>eventTime</td><td>when it happened, ISO 8601 in UTC; null if that is not known</td></tr>
 *   <tr><td>contract, contractVersion</td><td>the contract that it broke</td></tr>
 *   <tr><td>pipeline, pipelineVersion</td><td>the pipeline that found out</td></tr>
 *   <tr><td>message</td><td>of a message of a topic only: published (ISO 8601), key, headers (name
 *     and value of each) and tombstone, as far as it has them; what is not UTF-8 as keyBase64 and
 *     valueBase64</td></tr>
 *   <tr><td>original</td><td>the bytes as they came, as text if they are UTF-8</td></tr>
 *   <tr><td>originalBase64</td><td>instead of original: the bytes, if they are not UTF-8</td></tr>
 * </table>
 *
 * <p>The run and its attempt are not in the lines but in the folder that the run publishes into:
 * see DECISIONS.md.
 */
package dev.millrace.quarantine;
