/**
 * The data contract: what a record must be, read from an Open Data Contract Standard file and
 * compiled to rules that a decoder drives.
 *
 * <p>YAML enters, {@link dev.millrace.stages.contract.Contract} leaves: the schema, one {@link
 * dev.millrace.stages.contract.FieldRule} a field, and Millrace's own settings (event time, key,
 * horizon, lateness, partitions). What can fail is the file: {@link
 * dev.millrace.stages.contract.odcs.ContractException} has all of its errors at once, each with its
 * line and path. What a contract asks for and this version doesn't check is never passed over in
 * silence: {@link dev.millrace.stages.contract.Contract#unchecked()} lists it. {@link
 * dev.millrace.stages.contract.Lint} says the same of a file that no run needs to be able to use.
 * Start with {@link dev.millrace.stages.contract.Contract}.
 *
 * <p>A file goes through two passes. {@link dev.millrace.stages.contract.odcs} reports what differs
 * from the standard; the compilers in here then read the meaning, and skip over what the first pass
 * has reported.
 */
package dev.millrace.stages.contract;
