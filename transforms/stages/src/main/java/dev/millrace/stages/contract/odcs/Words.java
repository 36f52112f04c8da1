package dev.millrace.stages.contract.odcs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names as contracts write them, and lists of names in a sentence. */
public final class Words {
  private Words() {}

  /** The name of a constant in a contract: {@code day} for {@code DAY}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The names of constants in a contract. */
  public static List<String> of(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Words::of).toList();
  }

  /** The constant of a name. */
  public static <E extends Enum<E>> Optional<E> find(E[] constants, String name) {
    return Arrays.stream(constants).filter(constant -> of(constant).equals(name)).findFirst();
  }

  /** {@code a}, {@code a or b}, {@code a, b or c}. */
  public static String or(List<String> names) {
    return join(names, " or ");
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  static String and(List<String> names) {
    return join(names, " and ");
  }

  private static String join(List<String> names, String last) {
    int most = names.size() - 1;
    return most < 1
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + last + names.get(most);
  }
}
