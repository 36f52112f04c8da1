package dev.millrace.stages.contract;

/** Whether a value of another type is taken where it can be read as the field's without loss. */
public enum Coercion {
  /** It is of the wrong type. */
  NONE,
  /**
   * Text is taken as the number, decimal or boolean that it is written as, a number or boolean as
   * the text that it is written with, and a number as an integer if it has no fraction.
   */
  LOSSLESS
}
