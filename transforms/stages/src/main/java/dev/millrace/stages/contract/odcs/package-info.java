/**
 * The document that a contract is: YAML as a tree whose elements know their lines and paths, and
 * what the Open Data Contract Standard (ODCS) v3.1 says of it. {@link
 * dev.millrace.stages.contract.odcs.Odcs}, and the classes whose names begin with it, say which
 * keys the standard has and what their values look like, and report what differs, as its JSON
 * Schema would. What is found is kept in one {@link dev.millrace.stages.contract.odcs.Findings},
 * here and where the meaning is read.
 */
package dev.millrace.stages.contract.odcs;
