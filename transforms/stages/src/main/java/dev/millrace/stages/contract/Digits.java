package dev.millrace.stages.contract;

/**
 * How many digits a decimal has.
 *
 * @param precision the digits in all; 0 for what is not a decimal
 * @param scale those after the point
 */
record Digits(int precision, int scale) {
  static final Digits NONE = new Digits(0, 0);
}
