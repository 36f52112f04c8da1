/**
 * Input that isn't there yet: {@link dev.millrace.operate.input.WaitForInput} waits for it, and
 * {@link dev.millrace.operate.input.StaleMarker} says to readers of an output what is missing.
 */
package dev.millrace.operate.input;
