/**
 * The workload: shop events as JSON lines, made from nothing but a row number, and the truth about
 * them, counted while they are written.
 *
 * <p>{@link dev.millrace.benchmarks.events.EventFiles} writes a folder of them once and finds it
 * again later; {@link dev.millrace.benchmarks.events.Truth} is what any job over that folder must
 * come to. Copies, broken lines and violations of the contract are part of it, since a job that
 * never meets one is not the job that people run.
 */
package dev.millrace.benchmarks.events;
