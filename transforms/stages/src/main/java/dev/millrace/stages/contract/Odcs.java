package dev.millrace.stages.contract;

import static dev.millrace.stages.contract.Shape.ANY;
import static dev.millrace.stages.contract.Shape.INTEGER;
import static dev.millrace.stages.contract.Shape.Key.may;
import static dev.millrace.stages.contract.Shape.Key.must;
import static dev.millrace.stages.contract.Shape.NUMBER;
import static dev.millrace.stages.contract.Shape.OBJECT;
import static dev.millrace.stages.contract.Shape.TEXT;
import static dev.millrace.stages.contract.Shape.listOf;
import static dev.millrace.stages.contract.Shape.listOrElse;
import static dev.millrace.stages.contract.Shape.object;
import static dev.millrace.stages.contract.Shape.oneOf;

/**
 * The structure of an Open Data Contract Standard document, v3.0 and v3.1, as its JSON Schema has
 * it.
 */
final class Odcs {
  static final Shape TAGS = listOf(TEXT);

  static final Shape CUSTOM_PROPERTIES =
      listOf(
          object(
              may("id", TEXT),
              must("property", TEXT),
              must("value", ANY),
              may("description", TEXT)));

  static final Shape DEFINITIONS =
      listOf(
          object(may("id", TEXT), must("url", TEXT), must("type", TEXT), may("description", TEXT)));

  private static final Shape ROLES =
      listOf(
          object(
              may("id", TEXT),
              must("role", TEXT),
              may("description", TEXT),
              may("access", TEXT),
              may("firstLevelApprovers", TEXT),
              may("secondLevelApprovers", TEXT),
              may("customProperties", CUSTOM_PROPERTIES)));

  /** The keys of all kinds of server together: a run reads what its job says, not these. */
  private static final Shape SERVERS =
      listOf(
          object(
              may("id", TEXT),
              must("server", TEXT),
              must("type", TEXT),
              may("description", TEXT),
              may("environment", TEXT),
              may("roles", ROLES),
              may("customProperties", CUSTOM_PROPERTIES),
              may("account", TEXT),
              may("catalog", TEXT),
              may("database", TEXT),
              may("dataset", TEXT),
              may("delimiter", TEXT),
              may("endpointUrl", TEXT),
              may("format", TEXT),
              may("host", TEXT),
              may("location", TEXT),
              may("path", TEXT),
              may("port", INTEGER),
              may("project", TEXT),
              may("region", TEXT),
              may("regionName", TEXT),
              may("schema", TEXT),
              may("serviceName", TEXT),
              may("stagingDir", TEXT),
              may("stream", TEXT),
              may("warehouse", TEXT)));

  private static final Shape TEAM_MEMBERS =
      listOf(
          object(
              may("id", TEXT),
              must("username", TEXT),
              may("name", TEXT),
              may("description", TEXT),
              may("role", TEXT),
              may("dateIn", TEXT),
              may("dateOut", TEXT),
              may("replacedByUsername", TEXT),
              may("tags", TAGS),
              may("customProperties", CUSTOM_PROPERTIES),
              may("authoritativeDefinitions", DEFINITIONS)));

  private static final Shape TEAM =
      object(
          may("id", TEXT),
          may("name", TEXT),
          may("description", TEXT),
          may("members", TEAM_MEMBERS),
          may("tags", TAGS),
          may("customProperties", CUSTOM_PROPERTIES),
          may("authoritativeDefinitions", DEFINITIONS));

  private static final Shape SUPPORT =
      listOf(
          object(
              may("id", TEXT),
              must("channel", TEXT),
              may("url", TEXT),
              may("description", TEXT),
              may("tool", TEXT),
              may("scope", TEXT),
              may("invitationUrl", TEXT),
              may("customProperties", CUSTOM_PROPERTIES)));

  private static final Shape PRICE =
      object(
          may("id", TEXT),
          may("priceAmount", NUMBER),
          may("priceCurrency", TEXT),
          may("priceUnit", TEXT));

  private static final Shape SERVICE_LEVELS =
      listOf(
          object(
              may("id", TEXT),
              must("property", TEXT),
              must("value", ANY),
              may("valueExt", ANY),
              may("unit", TEXT),
              may("element", TEXT),
              may("driver", TEXT),
              may("description", TEXT),
              may("scheduler", TEXT),
              may("schedule", TEXT)));

  /** A whole document. */
  static final Shape DOCUMENT =
      object(
          must("version", TEXT),
          must("apiVersion", oneOf("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0")),
          must("kind", oneOf("DataContract")),
          must("id", TEXT),
          must("status", TEXT),
          may("name", TEXT),
          may("tenant", TEXT),
          may("domain", TEXT),
          may("dataProduct", TEXT),
          may("description", OBJECT),
          may("tags", TAGS),
          may("schema", OdcsSchema.OBJECTS),
          may("servers", SERVERS),
          may("support", SUPPORT),
          may("price", PRICE),
          may("team", listOrElse(TEAM_MEMBERS, TEAM)),
          may("roles", ROLES),
          may("slaDefaultElement", TEXT),
          may("slaProperties", SERVICE_LEVELS),
          may("authoritativeDefinitions", DEFINITIONS),
          may("customProperties", CUSTOM_PROPERTIES),
          may("contractCreatedTs", TEXT));

  private Odcs() {}
}
