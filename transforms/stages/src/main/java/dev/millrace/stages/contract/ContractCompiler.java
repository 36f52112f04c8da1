package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.odcs.ContractException;
import dev.millrace.stages.contract.odcs.Document;
import dev.millrace.stages.contract.odcs.Element;
import dev.millrace.stages.contract.odcs.Finding;
import dev.millrace.stages.contract.odcs.Findings;
import dev.millrace.stages.contract.odcs.Odcs;
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

  /** The contract of the schema object with this name, or of the only one there is. */
  static Contract compile(String fileName, String yaml, Optional<String> schemaName) {
    Findings findings = new Findings(fileName);
    return new ContractCompiler(findings, Document.read(yaml, findings)).compile(schemaName);
  }

  /** What there is to say of a document, whether or not a run could use it. */
  static List<Finding> lint(String fileName, String yaml) {
    Findings findings = new Findings(fileName);
    try {
      new ContractCompiler(findings, Document.read(yaml, findings)).lint();
    } catch (ContractException e) {
      // The document can't be read any further: what it says is among the findings.
    }
    return findings.inOrder();
  }

  private Contract compile(Optional<String> schemaName) {
    checkDocument();
    Optional<Element> object = new SchemaObjects(root).choose(schemaName);
    Optional<Draft> draft = object.map(this::read);
    findings.throwErrors();
    return contract(draft.orElseThrow());
  }

  private void lint() {
    checkDocument();
    new SchemaObjects(root).all().forEach(this::read);
  }

  private void checkDocument() {
    Odcs.DOCUMENT.check(root);
    root.at("apiVersion")
        .filter(e -> e.text().filter(version -> version.startsWith("v2.")).isPresent())
        .ifPresent(
            e ->
                e.unusable(
                    "Cannot read apiVersion %s: this version reads v3.0 and v3.1"
                        .formatted(e.shown())));
    MillraceProperties.refuseIn(root);
    ServiceLevels.check(root);
  }

  /** Reads the meaning of a schema object; what is wrong with it is reported. */
  private Draft read(Element object) {
    object.items("relationships").forEach(e -> e.unchecked("relationship"));
    List<CountedRule> counted = new ArrayList<>(QualityRules.ofObject(object));
    MillraceProperties settings = MillraceProperties.of(object);
    List<Property> properties = Property.read(object);
    FieldCompiler compiler = new FieldCompiler(settings);
    List<FieldRule> rules =
        properties.stream().flatMap(property -> compiler.compile(property).stream()).toList();
    counted.addAll(Tolerance.rules(rules));
    SqlRules sqlRules = SqlRules.of(object, schema(object, rules, UnknownFields.DROP));
    counted.addAll(sqlRules.counted());
    EventTime eventTime = EventTimeCompiler.compile(settings, properties, rules);
    List<String> key = DedupKeyCompiler.compile(settings, properties);
    Handling handling =
        Handling.read(settings, ServiceLevels.latency(root, object, settings).orElse(null));
    if (handling.unknownFields() == UnknownFields.KEEP) {
      properties.stream()
          .filter(property -> property.name().equals(UNKNOWN))
          .forEach(p -> p.element().error("Cannot name a field _unknown: it keeps unknown fields"));
    }
    return new Draft(object, rules, sqlRules.enforced(), counted, eventTime, key, handling);
  }

  /** What was read of a schema object; without errors, it is a contract. */
  private record Draft(
      Element object,
      List<FieldRule> rules,
      List<RecordRule> recordRules,
      List<CountedRule> counted,
      EventTime eventTime,
      List<String> key,
      Handling handling) {}

  private Contract contract(Draft draft) {
    String table = draft.object.text("name").orElseThrow();
    return new Contract(
        new Contract.Identity(
            root.text("id").orElseThrow(),
            root.text("version").orElseThrow(),
            root.text("name").orElse(table)),
        schema(draft.object, draft.rules, draft.handling.unknownFields()),
        draft.rules,
        draft.recordRules,
        draft.counted,
        draft.eventTime,
        draft.key,
        draft.handling,
        findings.unchecked());
  }

  private static RecordSchema schema(
      Element object, List<FieldRule> rules, UnknownFields unknownFields) {
    List<RecordSchema.Field> fields = new ArrayList<>();
    rules.forEach(rule -> fields.add(rule.field()));
    if (unknownFields == UnknownFields.KEEP) {
      fields.add(RecordSchema.Field.optional(UNKNOWN, FieldType.STRING));
    }
    return RecordSchema.of(object.text("name").orElse(""), fields);
  }
}
