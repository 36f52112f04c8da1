package dev.millrace.stages.contract;

import dev.millrace.record.RejectReason;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.Element;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * How many properties an object may have, or items an array. A rule that isn't there is null.
 *
 * @param what what is counted
 * @param uniqueRule that no item may be there twice
 */
record CountLimits(String what, int min, Rule minRule, int max, Rule maxRule, Rule uniqueRule)
    implements Serializable {

  static CountLimits ofProperties(Options options) {
    return of("properties", options, "minProperties", "maxProperties");
  }

  static CountLimits ofItems(Options options) {
    return of("items", options, "minItems", "maxItems");
  }

  private static CountLimits of(String what, Options options, String minKey, String maxKey) {
    Optional<Integer> min = options.at(minKey).flatMap(Element::integer);
    Optional<Integer> max = options.at(maxKey).flatMap(Element::integer);
    Rule minRule = min.map(n -> rule(options, minKey, "at least " + n)).orElse(null);
    Rule maxRule = max.map(n -> rule(options, maxKey, "at most " + n)).orElse(null);
    if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
      options.refuseEmpty(minRule, maxRule);
    }
    Rule uniqueRule =
        options
            .at("uniqueItems")
            .filter(element -> element.flag().orElse(false))
            .map(element -> Options.rule(RejectReason.INVALID_VALUE, element, "no item twice"))
            .orElse(null);
    int most = max.orElse(Integer.MAX_VALUE);
    return new CountLimits(what, min.orElse(0), minRule, most, maxRule, uniqueRule);
  }

  private static Rule rule(Options options, String key, String expected) {
    return Options.rule(RejectReason.WRONG_LENGTH, options.at(key).orElseThrow(), expected);
  }

  void check(String path, int count, List<Violation> out) {
    Rule broken = count < min ? minRule : count > max ? maxRule : null;
    if (broken != null) {
      out.add(broken.brokenBy(path, count + " " + what));
    }
  }
}
