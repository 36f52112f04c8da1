package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.OdcsParts.CUSTOM_PROPERTIES;
import static dev.millrace.stages.contract.odcs.OdcsParts.DEFINITIONS;
import static dev.millrace.stages.contract.odcs.OdcsParts.TAGS;
import static dev.millrace.stages.contract.odcs.OdcsTexts.ID;
import static dev.millrace.stages.contract.odcs.OdcsTexts.REFERENCE;
import static dev.millrace.stages.contract.odcs.Shape.ANY;
import static dev.millrace.stages.contract.odcs.Shape.FLAG;
import static dev.millrace.stages.contract.odcs.Shape.INTEGER;
import static dev.millrace.stages.contract.odcs.Shape.Key.may;
import static dev.millrace.stages.contract.odcs.Shape.Key.must;
import static dev.millrace.stages.contract.odcs.Shape.Key.only;
import static dev.millrace.stages.contract.odcs.Shape.TEXT;
import static dev.millrace.stages.contract.odcs.Shape.listOf;
import static dev.millrace.stages.contract.odcs.Shape.listOrElse;
import static dev.millrace.stages.contract.odcs.Shape.object;
import static dev.millrace.stages.contract.odcs.Shape.oneOf;
import static dev.millrace.stages.contract.odcs.Shape.someOf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The structure of the {@code schema} of a document, with properties in properties. */
final class OdcsSchema {
  /** The logical types of the standard. */
  static final List<String> TYPES =
      List.of(
          "string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean");

  private static final Shape REFERENCES = listOrElse(someOf(REFERENCE), REFERENCE);

  /** By logical type; a property without one is under the empty text. */
  private static final Map<String, Shape> PROPERTIES = properties(must("name", TEXT));

  /** What an array consists of has the keys of a property, and need not have a name. */
  private static final Map<String, Shape> ITEMS = properties(may("name", TEXT));

  /** The schema objects. */
  static final Shape OBJECTS =
      listOf(
          object(
              Shape.Key.join(
                  element(must("name", TEXT)),
                  may("logicalType", oneOf("object")),
                  may("dataGranularityDescription", TEXT),
                  may("properties", listOf(Shape.chosenBy(OdcsSchema::property))),
                  may("relationships", relationships(must("from", REFERENCES))),
                  may("quality", OdcsQuality.RULES))));

  private OdcsSchema() {}

  private static Shape property(Element property) {
    return PROPERTIES.get(type(property));
  }

  private static Shape item(Element item) {
    return ITEMS.get(type(item));
  }

  private static String type(Element property) {
    return property.at("logicalType").flatMap(Element::text).filter(TYPES::contains).orElse("");
  }

  private static Map<String, Shape> properties(Shape.Key name) {
    Map<String, Shape> shapes = new HashMap<>();
    TYPES.forEach(type -> shapes.put(type, property(name, type, OdcsOptions.of(type))));
    shapes.put("", property(name, "", ANY).and(OdcsSchema::checkOptionsOfNoType));
    return shapes;
  }

  private static Shape property(Shape.Key name, String type, Shape options) {
    boolean object = type.equals("object") || type.isEmpty();
    boolean array = type.equals("array") || type.isEmpty();
    Shape nested = listOf(Shape.chosenBy(OdcsSchema::property));
    return object(
        Shape.Key.join(
            element(name),
            may("logicalType", oneOf(TYPES.toArray(String[]::new))),
            may("logicalTypeOptions", options),
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
            may("relationships", relationships(only("schema objects", "from"))),
            may("quality", OdcsQuality.RULES),
            object ? may("properties", nested) : only("objects", "properties"),
            array ? may("items", Shape.chosenBy(OdcsSchema::item)) : only("arrays", "items")));
  }

  private static void checkOptionsOfNoType(Element property) {
    boolean absent = property.at("logicalType").isEmpty();
    property
        .at("logicalTypeOptions")
        .ifPresent((absent ? OdcsOptions.ofNoType() : Shape.OBJECT)::check);
  }

  /** What objects and their properties have in common. */
  private static Shape.Key[] element(Shape.Key name) {
    return new Shape.Key[] {
      may("id", ID),
      name,
      may("physicalName", TEXT),
      may("physicalType", TEXT),
      may("businessName", TEXT),
      may("description", TEXT),
      may("tags", TAGS),
      may("authoritativeDefinitions", DEFINITIONS),
      may("customProperties", CUSTOM_PROPERTIES)
    };
  }

  private static Shape relationships(Shape.Key from) {
    return listOf(
        object(
                from,
                may("type", oneOf("foreignKey")),
                must("to", REFERENCES),
                may("customProperties", CUSTOM_PROPERTIES))
            .and(OdcsSchema::checkBothEnds));
  }

  /** One property refers to one, and several to several. */
  private static void checkBothEnds(Element relationship) {
    boolean from = relationship.at("from").filter(Element::isList).isPresent();
    boolean to = relationship.at("to").filter(Element::isList).isPresent();
    if (from != to && relationship.at("from").isPresent() && relationship.at("to").isPresent()) {
      relationship.error("Invalid relationship: one end is a list and the other is not");
    }
  }
}
