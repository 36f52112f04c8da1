package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.OdcsTexts.ID;
import static dev.millrace.stages.contract.odcs.Shape.ANY;
import static dev.millrace.stages.contract.odcs.Shape.Key.may;
import static dev.millrace.stages.contract.odcs.Shape.Key.must;
import static dev.millrace.stages.contract.odcs.Shape.TEXT;
import static dev.millrace.stages.contract.odcs.Shape.listOf;
import static dev.millrace.stages.contract.odcs.Shape.object;

/** What several parts of a document have. */
final class OdcsParts {
  static final Shape TAGS = listOf(TEXT);

  static final Shape CUSTOM_PROPERTIES =
      listOf(
          object(
              may("id", ID), must("property", TEXT), must("value", ANY), may("description", TEXT)));

  static final Shape DEFINITIONS =
      listOf(
          object(may("id", ID), must("url", TEXT), must("type", TEXT), may("description", TEXT)));

  static final Shape ROLES =
      listOf(
          object(
              may("id", ID),
              must("role", TEXT),
              may("description", TEXT),
              may("access", TEXT),
              may("firstLevelApprovers", TEXT),
              may("secondLevelApprovers", TEXT),
              may("customProperties", CUSTOM_PROPERTIES)));

  private OdcsParts() {}
}
