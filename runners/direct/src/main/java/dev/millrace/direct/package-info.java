/**
 * Beam's DirectRunner as an {@link dev.millrace.launch.Engine}: runs start within a second, in this
 * process, for slices that fit in its memory.
 */
package dev.millrace.direct;
