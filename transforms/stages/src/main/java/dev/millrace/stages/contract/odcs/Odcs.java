package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.OdcsParts.CUSTOM_PROPERTIES;
import static dev.millrace.stages.contract.odcs.OdcsParts.DEFINITIONS;
import static dev.millrace.stages.contract.odcs.OdcsParts.ROLES;
import static dev.millrace.stages.contract.odcs.OdcsParts.TAGS;
import static dev.millrace.stages.contract.odcs.OdcsTexts.DATE;
import static dev.millrace.stages.contract.odcs.OdcsTexts.DATE_TIME;
import static dev.millrace.stages.contract.odcs.OdcsTexts.ID;
import static dev.millrace.stages.contract.odcs.Shape.Key.may;
import static dev.millrace.stages.contract.odcs.Shape.Key.must;
import static dev.millrace.stages.contract.odcs.Shape.NUMBER;
import static dev.millrace.stages.contract.odcs.Shape.SCALAR;
import static dev.millrace.stages.contract.odcs.Shape.TEXT;
import static dev.millrace.stages.contract.odcs.Shape.listOf;
import static dev.millrace.stages.contract.odcs.Shape.listOrElse;
import static dev.millrace.stages.contract.odcs.Shape.object;
import static dev.millrace.stages.contract.odcs.Shape.oneOf;
import static dev.millrace.stages.contract.odcs.Shape.openObject;

/**
 * The structure of an Open Data Contract Standard document, v3.0 and v3.1, as its JSON Schema has
 * it.
 */
public final class Odcs {
  private static final Shape TEAM_MEMBERS =
      listOf(
          object(
              may("id", ID),
              must("username", TEXT),
              may("name", TEXT),
              may("description", TEXT),
              may("role", TEXT),
              may("dateIn", DATE),
              may("dateOut", DATE),
              may("replacedByUsername", TEXT),
              may("tags", TAGS),
              may("customProperties", CUSTOM_PROPERTIES),
              may("authoritativeDefinitions", DEFINITIONS)));

  private static final Shape TEAM =
      object(
          may("id", ID),
          may("name", TEXT),
          may("description", TEXT),
          may("members", TEAM_MEMBERS),
          may("tags", TAGS),
          may("customProperties", CUSTOM_PROPERTIES),
          may("authoritativeDefinitions", DEFINITIONS));

  private static final Shape SUPPORT =
      listOf(
          object(
              may("id", ID),
              must("channel", TEXT),
              may("url", TEXT),
              may("description", TEXT),
              may("tool", TEXT),
              may("scope", TEXT),
              may("invitationUrl", TEXT),
              may("customProperties", CUSTOM_PROPERTIES)));

  private static final Shape PRICE =
      object(
          may("id", ID),
          may("priceAmount", NUMBER),
          may("priceCurrency", TEXT),
          may("priceUnit", TEXT));

  private static final Shape SERVICE_LEVELS =
      listOf(
          object(
              may("id", ID),
              must("property", TEXT),
              must("value", SCALAR),
              may("valueExt", SCALAR),
              may("unit", TEXT),
              may("element", TEXT),
              may("driver", TEXT),
              may("description", TEXT),
              may("scheduler", TEXT),
              may("schedule", TEXT)));

  private static final Shape DESCRIPTION =
      openObject(
          may("usage", TEXT),
          may("purpose", TEXT),
          may("limitations", TEXT),
          may("authoritativeDefinitions", DEFINITIONS),
          may("customProperties", CUSTOM_PROPERTIES));

  /** The JSON Schema of v3.1 lets documents of v2.2 be, too. */
  private static final Shape VERSION =
      oneOf("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0");

  /** A whole document. */
  public static final Shape DOCUMENT =
      object(
          must("version", TEXT),
          must("apiVersion", VERSION),
          must("kind", oneOf("DataContract")),
          must("id", TEXT),
          must("status", TEXT),
          may("name", TEXT),
          may("tenant", TEXT),
          may("domain", TEXT),
          may("dataProduct", TEXT),
          may("description", DESCRIPTION),
          may("tags", TAGS),
          may("schema", OdcsSchema.OBJECTS),
          may("servers", OdcsServers.SERVERS),
          may("support", SUPPORT),
          may("price", PRICE),
          may("team", listOrElse(TEAM_MEMBERS, TEAM)),
          may("roles", ROLES),
          may("slaDefaultElement", TEXT),
          may("slaProperties", SERVICE_LEVELS),
          may("authoritativeDefinitions", DEFINITIONS),
          may("customProperties", CUSTOM_PROPERTIES),
          may("contractCreatedTs", DATE_TIME));

  private Odcs() {}
}
