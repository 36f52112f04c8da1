/**
 * The workload of real data: 3,000,000 US flights, from January to June 2001, as they came.
 *
 * <p>{@link dev.millrace.benchmarks.flights.FlightSource} finds or fetches them, {@link
 * dev.millrace.benchmarks.flights.FlightFiles} writes them as JSON lines, as the demo's are, and
 * {@link dev.millrace.benchmarks.flights.FlightCheck} says what is wrong with an output: it
 * computes what must be there from the original Parquet, with SQL of its own. {@link
 * dev.millrace.benchmarks.flights.DemoFlights} are a small source, for tests.
 */
package dev.millrace.benchmarks.flights;
