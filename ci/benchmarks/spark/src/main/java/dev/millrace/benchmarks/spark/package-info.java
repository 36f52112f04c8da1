/** The peer that is Spark SQL: data frames in a local session. */
package dev.millrace.benchmarks.spark;
