/**
 * The proof that a job gives one answer, bounded and unbounded, on each engine and in other orders
 * of arrival: {@link dev.millrace.operate.parity.VerifyParity}.
 */
package dev.millrace.operate.parity;
