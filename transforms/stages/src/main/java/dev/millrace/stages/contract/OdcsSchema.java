package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Odcs.CUSTOM_PROPERTIES;
import static dev.millrace.stages.contract.Odcs.DEFINITIONS;
import static dev.millrace.stages.contract.Odcs.TAGS;
import static dev.millrace.stages.contract.Shape.ANY;
import static dev.millrace.stages.contract.Shape.FLAG;
import static dev.millrace.stages.contract.Shape.INTEGER;
import static dev.millrace.stages.contract.Shape.Key.may;
import static dev.millrace.stages.contract.Shape.Key.must;
import static dev.millrace.stages.contract.Shape.LENGTH;
import static dev.millrace.stages.contract.Shape.NUMBER;
import static dev.millrace.stages.contract.Shape.OBJECT;
import static dev.millrace.stages.contract.Shape.STEP;
import static dev.millrace.stages.contract.Shape.TEXT;
import static dev.millrace.stages.contract.Shape.listOf;
import static dev.millrace.stages.contract.Shape.listOrElse;
import static dev.millrace.stages.contract.Shape.object;
import static dev.millrace.stages.contract.Shape.oneOf;

import dev.millrace.record.FieldType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The structure of the {@code schema} of a document. What depends on another key (the options of a
 * logical type, what a kind of quality rule needs) is left to those who read that key.
 */
final class OdcsSchema {
  private static final Shape REFERENCES = listOrElse(listOf(TEXT), TEXT);

  private static final Shape QUALITY =
      listOf(
          object(
              may("id", TEXT),
              may("name", TEXT),
              may("description", TEXT),
              may("type", oneOf("text", "library", "sql", "custom")),
              may("metric", TEXT),
              may("rule", TEXT),
              may("arguments", OBJECT),
              may("query", TEXT),
              may("engine", TEXT),
              may("implementation", ANY),
              may("mustBe", ANY),
              may("mustNotBe", ANY),
              may("mustBeGreaterThan", NUMBER),
              may("mustBeGreaterOrEqualTo", NUMBER),
              may("mustBeLessThan", NUMBER),
              may("mustBeLessOrEqualTo", NUMBER),
              may("mustBeBetween", listOf(NUMBER)),
              may("mustNotBeBetween", listOf(NUMBER)),
              may("unit", TEXT),
              may("dimension", dimension()),
              may("severity", TEXT),
              may("method", TEXT),
              may("businessImpact", TEXT),
              may("schedule", TEXT),
              may("scheduler", TEXT),
              may("tags", TAGS),
              may("authoritativeDefinitions", DEFINITIONS),
              may("customProperties", CUSTOM_PROPERTIES)));

  private static final Shape PROPERTY =
      object(
          with(
              element(),
              may("logicalType", TEXT),
              may("logicalTypeOptions", OBJECT),
              may("primaryKey", FLAG),
              may("primaryKeyPosition", INTEGER),
              may("required", FLAG),
              may("unique", FLAG),
              may("partitioned", FLAG),
              may("partitionKeyPosition", INTEGER),
              may("classification", TEXT),
              may("encryptedName", TEXT),
              may("transformSourceObjects", listOf(TEXT)),
              may("transformLogic", TEXT),
              may("transformDescription", TEXT),
              may("examples", listOf(ANY)),
              may("criticalDataElement", FLAG),
              may("relationships", relationships(may("from", ANY))),
              may("quality", QUALITY),
              may("properties", listOf(ANY)),
              may("items", ANY)));

  /** The schema objects. */
  static final Shape OBJECTS =
      listOf(
          object(
              with(
                  element(),
                  may("logicalType", oneOf("object")),
                  may("dataGranularityDescription", TEXT),
                  may("properties", listOf(PROPERTY)),
                  may("relationships", relationships(must("from", REFERENCES))),
                  may("quality", QUALITY))));

  private static final Shape INTEGER_FORMAT =
      oneOf("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128");

  private OdcsSchema() {}

  /** The {@code logicalTypeOptions} of a type. */
  static Shape options(FieldType type) {
    return switch (type) {
      case STRING ->
          object(
              may("minLength", LENGTH),
              may("maxLength", LENGTH),
              may("pattern", TEXT),
              may("format", TEXT));
      case INTEGER ->
          object(
              with(
                  List.of(may("multipleOf", STEP), may("format", INTEGER_FORMAT)), bounds(NUMBER)));
      case NUMBER ->
          object(
              with(
                  List.of(may("multipleOf", STEP), may("format", oneOf("f32", "f64"))),
                  bounds(NUMBER)));
      case BOOLEAN -> OBJECT;
      case DATE -> object(with(List.of(may("format", TEXT)), bounds(TEXT)));
      case TIMESTAMP ->
          object(
              with(
                  List.of(may("format", TEXT), may("timezone", FLAG), may("defaultTimezone", TEXT)),
                  bounds(TEXT)));
    };
  }

  private static Shape.Key[] bounds(Shape value) {
    return new Shape.Key[] {
      may("minimum", value),
      may("maximum", value),
      may("exclusiveMinimum", value),
      may("exclusiveMaximum", value)
    };
  }

  /** What objects and their properties have in common. */
  private static List<Shape.Key> element() {
    return List.of(
        may("id", TEXT),
        must("name", TEXT),
        may("physicalName", TEXT),
        may("physicalType", TEXT),
        may("businessName", TEXT),
        may("description", TEXT),
        may("tags", TAGS),
        may("authoritativeDefinitions", DEFINITIONS),
        may("customProperties", CUSTOM_PROPERTIES));
  }

  private static Shape relationships(Shape.Key from) {
    return listOf(
        object(
            from,
            may("type", oneOf("foreignKey")),
            must("to", REFERENCES),
            may("customProperties", CUSTOM_PROPERTIES)));
  }

  private static Shape dimension() {
    return oneOf(
        "accuracy",
        "completeness",
        "conformity",
        "consistency",
        "coverage",
        "timeliness",
        "uniqueness");
  }

  private static Shape.Key[] with(List<Shape.Key> some, Shape.Key... others) {
    return Stream.concat(some.stream(), Arrays.stream(others)).toArray(Shape.Key[]::new);
  }
}
