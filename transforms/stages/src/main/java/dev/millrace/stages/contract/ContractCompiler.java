package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles a contract file: the structure first, then the meaning of what is in it. */
final class ContractCompiler {
  /** The field that keeps the fields which the contract doesn't know. */
  private static final String UNKNOWN = "_unknown";

  private final Findings findings;
  private final Element root;

  private ContractCompiler(Findings findings, Element root) {
    this.findings = findings;
    this.root = root;
  }

  static Contract compile(String fileName, String yaml) {
    Findings findings = new Findings(fileName);
    return new ContractCompiler(findings, Document.read(yaml, findings)).compile();
  }

  private Contract compile() {
    Odcs.DOCUMENT.check(root);
    MillraceProperties.refuseIn(root);
    root.items("slaProperties")
        .forEach(e -> e.unchecked("service level %s".formatted(e.text("property").orElse(""))));
    Optional<Element> object = object();
    Optional<Contract> contract = object.map(this::compile);
    findings.throwErrors();
    return contract.orElseThrow();
  }

  private Optional<Element> object() {
    Optional<Element> schema = root.at("schema");
    if (schema.isEmpty() && root.isObject()) {
      root.error("Missing required value: schema");
    }
    List<Element> objects = root.items("schema");
    if (schema.filter(Element::isList).isPresent() && objects.isEmpty()) {
      schema.get().error("Invalid schema: an empty list (expected one object)");
    }
    if (objects.size() > 1) {
      objects
          .get(1)
          .error("Cannot use %d schema objects: this version reads one".formatted(objects.size()));
    }
    return objects.stream().findFirst();
  }

  private Contract compile(Element object) {
    object.items("relationships").forEach(e -> e.unchecked("relationship"));
    QualityRules.list(object);
    MillraceProperties settings = MillraceProperties.of(object);
    List<Property> properties = Property.read(object);
    FieldCompiler compiler = new FieldCompiler(settings);
    List<FieldRule> rules =
        properties.stream().flatMap(property -> compiler.compile(property).stream()).toList();
    EventTime eventTime = EventTimeCompiler.compile(settings, properties, rules);
    List<String> key = DedupKeyCompiler.compile(settings, properties);
    Handling handling = Handling.read(settings);
    if (handling.unknownFields() == UnknownFields.KEEP) {
      properties.stream()
          .filter(property -> property.name().equals(UNKNOWN))
          .forEach(p -> p.element().error("Cannot name a field _unknown: it keeps unknown fields"));
    }
    findings.throwErrors();
    String table = object.text("name").orElseThrow();
    return new Contract(
        new Contract.Identity(
            root.text("id").orElseThrow(),
            root.text("version").orElseThrow(),
            root.text("name").orElse(table)),
        RecordSchema.of(table, fields(rules, handling)),
        rules,
        eventTime,
        key,
        handling,
        findings.unchecked());
  }

  private static List<RecordSchema.Field> fields(List<FieldRule> rules, Handling handling) {
    List<RecordSchema.Field> fields = new ArrayList<>();
    rules.forEach(rule -> fields.add(rule.field()));
    if (handling.unknownFields() == UnknownFields.KEEP) {
      fields.add(RecordSchema.Field.optional(UNKNOWN, FieldType.STRING));
    }
    return fields;
  }
}
