package dev.millrace.stages.contract;

import dev.millrace.record.Threshold;
import dev.millrace.record.Threshold.Operator;
import dev.millrace.record.Threshold.Unit;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Shown;
import dev.millrace.stages.contract.odcs.Words;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what the operator of a quality rule compares a count to. */
final class Thresholds {
  private Thresholds() {}

  /**
   * The threshold of a rule.
   *
   * @throws UnexecutedRule if there is none that a count could be compared to
   */
  static Threshold of(Element rule) throws UnexecutedRule {
    Operator operator =
        Arrays.stream(Operator.values())
            .filter(each -> rule.at(each.key()).isPresent())
            .findFirst()
            .orElseThrow(() -> new UnexecutedRule("")); // reported
    Element value = rule.at(operator.key()).orElseThrow();
    List<Element> bounds = operator.isRange() ? value.items() : List.of(value);
    List<BigDecimal> numbers = bounds.stream().flatMap(each -> each.number().stream()).toList();
    if (numbers.size() != (operator.isRange() ? 2 : 1)) {
      throw new UnexecutedRule("%s: %s is no count".formatted(operator.key(), value.shown()));
    }
    BigDecimal high = numbers.get(numbers.size() - 1);
    if (numbers.get(0).compareTo(high) > 0) {
      throw new UnexecutedRule("%s has its largest number first".formatted(operator.key()));
    }
    return new Threshold(operator, numbers.get(0), high, unit(rule, numbers));
  }

  /** None is none, whatever it is counted in. */
  private static Unit unit(Element rule, List<BigDecimal> numbers) throws UnexecutedRule {
    String name = rule.text("unit").orElse("rows");
    boolean none = numbers.stream().allMatch(number -> number.signum() == 0);
    return Words.find(Unit.values(), name)
        .or(() -> none ? Optional.of(Unit.ROWS) : Optional.empty())
        .orElseThrow(() -> new UnexecutedRule("unit " + Shown.of(name)));
  }
}
