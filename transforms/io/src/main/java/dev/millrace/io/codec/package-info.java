/**
 * Files that are packed as a whole: {@link dev.millrace.io.codec.Codec} tells by the first bytes
 * how, and unpacks them. A file that is cut off, or is something else in the middle, is an error
 * that names it.
 */
package dev.millrace.io.codec;
