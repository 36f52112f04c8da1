package dev.millrace.stages.contract;

import dev.millrace.record.Expectation;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Threshold;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.OdcsQuality;
import dev.millrace.stages.contract.odcs.Shown;
import dev.millrace.stages.sql.Condition;
import dev.millrace.stages.sql.ConditionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the quality rules of type sql, of a schema object and of all that is in it. Those whose
 * query is a condition on one record are enforced on each if they are errors and demand that no
 * record breaks it; otherwise those that break it are counted. The others are listed as not
 * executed. Without such a rule, nothing of the engine is loaded.
 */
final class SqlRules {
  /** What stands for the property that a rule is of, as the standard and its tools write it. */
  private static final Pattern PROPERTY = Pattern.compile("\\$?\\{(column|property|field)}");

  private final RecordSchema schema;
  private final List<RecordRule> enforced = new ArrayList<>();
  private final List<CountedRule> counted = new ArrayList<>();

  private SqlRules(RecordSchema schema) {
    this.schema = schema;
  }

  /** The rules of a schema object, whose fields are those of a schema. */
  static SqlRules of(Element object, RecordSchema schema) {
    SqlRules rules = new SqlRules(schema);
    rules.readAll(object, List.of(), false);
    return rules;
  }

  /** The rules to enforce on each record. */
  List<RecordRule> enforced() {
    return enforced;
  }

  /** The rules that let records pass and count them. */
  List<CountedRule> counted() {
    return counted;
  }

  private void readAll(Element element, List<String> path, boolean inArray) {
    element.items("quality").stream()
        .filter(OdcsQuality::isSql)
        .forEach(rule -> rule.text("query").ifPresent(query -> read(rule, query, path, inArray)));
    for (Element property : element.items("properties")) {
      List<String> inner = new ArrayList<>(path);
      property.text("name").ifPresent(inner::add);
      readAll(property, inner, inArray);
    }
    element.at("items").ifPresent(items -> readAll(items, path, true));
  }

  private void read(Element rule, String query, List<String> path, boolean inArray) {
    try {
      if (inArray) {
        throw new UnexecutedRule("it is about the elements of an array");
      }
      read(rule, query.strip(), path);
    } catch (UnexecutedRule e) {
      QualityRules.list(rule, e.getMessage());
    }
  }

  private void read(Element rule, String query, List<String> path) throws UnexecutedRule {
    Threshold threshold = threshold(rule);
    String field = String.join(".", path);
    Condition condition = condition(query, path);
    String text = "query: " + Shown.of(onOneLine(query));
    Expectation expectation =
        QualityRules.expectation(rule, text, threshold).withField(Shown.of(field));
    if (expectation.isDemanded() && threshold.demandsNone()) {
      String expected = PROPERTY.matcher(query).replaceAll(Matcher.quoteReplacement(field));
      enforced.add(new RecordRule(Shown.of(field), text, Shown.of(onOneLine(expected)), condition));
    } else {
      counted.add(new CountedRule(expectation, condition::isBrokenBy));
    }
  }

  /** That a condition must be true is that no record may break it. */
  private static Threshold threshold(Element rule) throws UnexecutedRule {
    return rule.isTrue("mustBe")
        ? Threshold.of(Threshold.Operator.MUST_BE, 0, Threshold.Unit.ROWS)
        : Thresholds.of(rule);
  }

  private Condition condition(String query, List<String> path) throws UnexecutedRule {
    Optional<String> column =
        path.stream()
            .map(name -> '"' + name.replace("\"", "\"\"") + '"')
            .reduce((object, name) -> object + "." + name);
    Matcher property = PROPERTY.matcher(query);
    if (column.isEmpty() && property.find()) {
      throw new UnexecutedRule(property.group() + " stands for no property here");
    }
    String sql =
        column.map(name -> property.replaceAll(Matcher.quoteReplacement(name))).orElse(query);
    try {
      return Condition.compile(sql, schema);
    } catch (ConditionException e) {
      throw new UnexecutedRule(e.getMessage());
    }
  }

  private static String onOneLine(String query) {
    return query.replaceAll("\\s+", " ");
  }
}
