package dev.millrace.stages.decode;

import dev.millrace.stages.contract.Contract;

/** The contracts that the tests of this package decode against. */
final class Contracts {
  /** One field of every type, of which id and at are required, and at is the event time. */
  static final String FLIGHTS =
      """
        - {name: id, logicalType: string, required: true, logicalTypeOptions: {maxLength: 8}}
        - {name: at, logicalType: timestamp, required: true}
        - {name: delay, logicalType: integer, logicalTypeOptions: {minimum: -120, maximum: 720}}
        - {name: distance, logicalType: number, logicalTypeOptions: {maximum: 10000}}
        - {name: diverted, logicalType: boolean}
        - {name: day, logicalType: date}
      """;

  private Contracts() {}

  static Contract flights() {
    return flights("reject");
  }

  static Contract flights(String unknownFields) {
    return of(FLIGHTS, "at", "millrace.unknownFields: " + unknownFields);
  }

  /**
   * A contract.
   *
   * @param settings Millrace's own properties, each as {@code name: value}
   */
  static Contract of(String properties, String eventTimeField, String... settings) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: flights
            version: 1.0.0
            status: active
            schema:
            - name: flights
              customProperties:
              - {property: millrace.eventTimeField, value: %s}
            """
                .formatted(eventTimeField));
    for (String setting : settings) {
      int colon = setting.indexOf(": ");
      yaml.append(
          "  - {property: %s, value: \"%s\"}\n"
              .formatted(setting.substring(0, colon), setting.substring(colon + 2)));
    }
    return Contract.parse(
        "flights.odcs.yaml", yaml.append("  properties:\n").append(properties).toString());
  }
}
