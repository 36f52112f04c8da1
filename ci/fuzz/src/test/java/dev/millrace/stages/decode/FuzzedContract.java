package dev.millrace.stages.decode;

import dev.millrace.stages.contract.Contract;

/** A field of every type, and what is unknown kept. */
final class FuzzedContract {
  static final Contract KEEPING =
      Contract.parse(
          "fuzzed.odcs.yaml",
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: flights
          version: 1.0.0
          status: active
          schema:
          - name: flights
            customProperties:
            - {property: millrace.eventTimeField, value: at}
            - {property: millrace.unknownFields, value: keep}
            properties:
            - {name: id, logicalType: string, required: true, logicalTypeOptions: {maxLength: 8}}
            - {name: at, logicalType: timestamp, required: true}
            - {name: delay, logicalType: integer, logicalTypeOptions: {minimum: -120, maximum: 720}}
            - {name: distance, logicalType: number, logicalTypeOptions: {maximum: 10000}}
            - {name: diverted, logicalType: boolean}
            - {name: day, logicalType: date}
          """);

  private FuzzedContract() {}
}
