package dev.millrace.stages.contract;

import java.util.List;

/** Documents that differ from a good one in one place: some stay good, most don't. */
final class Edits {
  /** Has every part of the standard, and Millrace's settings. */
  static final String WHOLE =
      """
      version: 1.0.0
      apiVersion: v3.1.0
      kind: DataContract
      id: orders
      status: active
      name: Orders
      tags: [sales]
      description:
        usage: Analysis
        purpose: To test
      contractCreatedTs: '2024-01-01T00:00:00Z'
      servers:
        - server: lake
          type: s3
          location: s3://lake/orders/*.json
          format: json
          roles:
            - role: reader
        - server: bus
          type: kafka
          host: localhost:9092
        - server: base
          type: postgresql
          host: localhost
          port: 5432
          database: shop
          schema: public
      team:
        name: shop
        members:
          - username: ada
            dateIn: '2024-01-01'
      roles:
        - role: reader
          access: read
      support:
        - channel: '#orders'
      price:
        priceAmount: 9.95
        priceCurrency: EUR
      slaProperties:
        - property: latency
          value: 4
          unit: h
      authoritativeDefinitions:
        - type: wiki
          url: https://example.com/orders
      customProperties:
        - property: mine
          value: {any: [thing]}
      schema:
        - id: orders_object
          name: orders
          logicalType: object
          physicalType: topic
          relationships:
            - from: orders.customer
              to: customers.id
          quality:
            - metric: rowCount
              mustBeBetween: [1, 1000]
            - type: sql
              query: select count(*) from orders
              mustBeGreaterThan: 0
            - type: custom
              engine: soda
              implementation: {checks: [row_count > 0]}
            - type: text
              description: Orders are complete
          customProperties:
            - property: millrace.eventTimeField
              value: placed_at
          properties:
            - id: order_id
              name: id
              logicalType: string
              primaryKey: true
              primaryKeyPosition: 1
              required: true
              logicalTypeOptions:
                minLength: 1
                maxLength: 40
                pattern: '^o-'
            - name: placed_at
              logicalType: timestamp
              required: true
              logicalTypeOptions:
                timezone: true
            - name: day
              logicalType: date
              logicalTypeOptions:
                minimum: '2001-01-01'
            - name: opens
              logicalType: time
              logicalTypeOptions:
                format: HH:mm
            - name: quantity
              logicalType: integer
              logicalTypeOptions:
                format: i32
                minimum: 1
            - name: amount
              logicalType: number
              logicalTypeOptions:
                multipleOf: 0.01
            - name: paid
              logicalType: boolean
            - name: customer
              logicalType: object
              logicalTypeOptions:
                minProperties: 1
                required: [id]
              relationships:
                - to: customers.id
              properties:
                - name: id
                  logicalType: integer
                - name: addresses
                  logicalType: array
                  items:
                    logicalType: object
                    properties:
                      - name: city
                        logicalType: string
            - name: tags
              logicalType: array
              logicalTypeOptions:
                minItems: 0
                uniqueItems: true
              items:
                logicalType: string
            - name: country
              logicalType: string
              quality:
                - metric: invalidValues
                  arguments:
                    validValues: [FR, DE]
                  mustBe: 0
                  dimension: conformity
      """;

  /** An edit by its name: the text that it replaces and what it puts there. */
  record Edit(String name, String text, String replacement) {
    String yaml() {
      if (!WHOLE.contains(text)) {
        throw new IllegalStateException("Cannot replace %s: it is not there".formatted(text));
      }
      int at = WHOLE.indexOf(text);
      return WHOLE.substring(0, at) + replacement + WHOLE.substring(at + text.length());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Edits that both the JSON Schema and lint have something against. */
  static final List<Edit> BROKEN =
      List.of(
          new Edit("no apiVersion", "apiVersion: v3.1.0\n", ""),
          new Edit("unknown apiVersion", "apiVersion: v3.1.0", "apiVersion: v4.0.0"),
          new Edit("no version", "version: 1.0.0\n", ""),
          new Edit("version as a number", "version: 1.0.0", "version: 1.0"),
          new Edit("no kind", "kind: DataContract\n", ""),
          new Edit("wrong kind", "kind: DataContract", "kind: DataProduct"),
          new Edit("no id", "id: orders\n", ""),
          new Edit("no status", "status: active\n", ""),
          new Edit("nothing as name", "name: Orders", "name:"),
          new Edit("unknown key", "name: Orders", "nmae: Orders"),
          new Edit("tags as text", "tags: [sales]", "tags: sales"),
          new Edit("a number as tag", "tags: [sales]", "tags: [1]"),
          new Edit("purpose as list", "purpose: To test", "purpose: [To test]"),
          new Edit("unknown type of server", "type: s3", "type: s4"),
          new Edit("server without type", "    type: s3\n", ""),
          new Edit("server without name", "- server: lake\n    type", "- type"),
          new Edit("s3 without location", "    location: s3://lake/orders/*.json\n", ""),
          new Edit("key of another server", "host: localhost:9092", "host: h\n    port: 9092"),
          new Edit("port as text", "port: 5432", "port: '5432'"),
          new Edit("port with a fraction", "port: 5432", "port: 54.32"),
          new Edit("postgresql without schema", "    schema: public\n", ""),
          new Edit("sftp at another scheme", "type: s3\n", "type: sftp\n"),
          new Edit("role without its name", "- role: reader\n    access", "- access"),
          new Edit("member without username", "- username: ada", "- name: ada"),
          new Edit("members as list with unknown key", "username: ada", "username: a\n      x: 1"),
          new Edit("support without channel", "- channel: '#orders'", "- tool: chat"),
          new Edit("price as text", "priceAmount: 9.95", "priceAmount: free"),
          new Edit("service level without value", "    value: 4\n", ""),
          new Edit("service level with a list", "value: 4", "value: [4]"),
          new Edit("definition without url", "    url: https://example.com/orders\n", ""),
          new Edit("custom property without value", "    value: {any: [thing]}\n", ""),
          new Edit("identifier with a space", "id: orders_object", "id: orders object"),
          new Edit("object without name", "    name: orders\n", ""),
          new Edit("object that is an array", "logicalType: object", "logicalType: array"),
          new Edit("reference to nothing", "to: customers.id", "to: customers"),
          new Edit("one end is a list", "to: customers.id", "to: [customers.id]"),
          new Edit("no end", "        to: customers.id\n    quality", "    quality"),
          new Edit(
              "property with from", "to: customers.id\n        prop", "from: a.b\n        prop"),
          new Edit(
              "from at a property",
              "- to: customers.id",
              "- to: customers.id\n            from: orders.customer"),
          new Edit(
              "relationship of another type", "from: orders", "type: link\n        from: orders"),
          new Edit("unknown metric", "metric: rowCount", "metric: rows"),
          new Edit("rule without operator", "        mustBeBetween: [1, 1000]\n", ""),
          new Edit("two operators", "mustBeBetween: [1, 1000]", "mustBe: 1\n        mustNotBe: 2"),
          new Edit("range of one", "[1, 1000]", "[1]"),
          new Edit("range of three", "[1, 1000]", "[1, 10, 1000]"),
          new Edit("range of the same", "[1, 1000]", "[1, 1]"),
          new Edit("range as text", "[1, 1000]", "1 to 1000"),
          new Edit("operator as text", "mustBeGreaterThan: 0", "mustBeGreaterThan: none"),
          new Edit("sql without query", "        query: select count(*) from orders\n", ""),
          new Edit("custom without engine", "        engine: soda\n", ""),
          new Edit("implementation as list", "{checks: [row_count > 0]}", "[row_count]"),
          new Edit("engine in sql", "query: select", "engine: soda\n        query: select"),
          new Edit("rule of another type", "type: text", "type: prose"),
          new Edit("operator in text", "type: text", "type: text\n        mustBe: 1"),
          new Edit("rule instead of metric", "metric: rowCount", "rule: rowCount"),
          new Edit("unknown dimension", "dimension: conformity", "dimension: beauty"),
          new Edit("arguments as list", "arguments:\n", "schedule:\n"),
          new Edit("unknown logicalType", "logicalType: boolean", "logicalType: bool"),
          new Edit("required as text", "required: true", "required: 'yes'"),
          new Edit("property without name", "- name: paid\n        ", "- "),
          new Edit("unknown key of a property", "primaryKey: true", "primarykey: true"),
          new Edit("position as text", "primaryKeyPosition: 1", "primaryKeyPosition: first"),
          new Edit("negative length", "minLength: 1", "minLength: -1"),
          new Edit("length with a fraction", "maxLength: 40", "maxLength: 40.5"),
          new Edit("option of another type", "minLength: 1", "minimum: 1"),
          new Edit("bound of a date as number", "minimum: '2001-01-01'", "minimum: 2001"),
          new Edit("timezone as text", "timezone: true", "timezone: UTC"),
          new Edit("unknown option of a time", "format: HH:mm", "formt: HH:mm"),
          new Edit("unknown format", "format: i32", "format: int"),
          new Edit("bound as text", "minimum: 1\n", "minimum: one\n"),
          new Edit("step of zero", "multipleOf: 0.01", "multipleOf: 0"),
          new Edit("nothing required", "required: [id]", "required: []"),
          new Edit("twice required", "required: [id]", "required: [id, id]"),
          new Edit("fewest as text", "minProperties: 1", "minProperties: one"),
          new Edit("unique as number", "uniqueItems: true", "uniqueItems: 1"),
          new Edit(
              "items of text", "logicalType: boolean", "logicalType: boolean\n        items: {}"),
          new Edit("options of no type", "- name: day\n        logicalType: date", "- name: day"),
          new Edit("nested without name", "- name: city\n                  logical", "- logical"),
          new Edit(
              "nested of unknown type",
              "- name: city\n                  logicalType: string",
              "- name: city\n                  logicalType: text"),
          new Edit(
              "items of unknown type",
              "items:\n          logicalType: string",
              "items:\n          logicalType: text"),
          new Edit("items as list", "items:\n          logicalType: string", "items: [string]"));

  /** Edits that neither has anything against. */
  static final List<Edit> GOOD =
      List.of(
          new Edit("as it is", "version", "version"),
          new Edit("v2.2", "apiVersion: v3.1.0", "apiVersion: v2.2.2"),
          new Edit("unknown key of the description", "usage: Analysis", "use: Analysis"),
          new Edit("created some day", "'2024-01-01T00:00:00Z'", "some day"),
          new Edit(
              "location that is no URI", "s3://lake/orders/*.json", "s3://lake/{model}/*.json"),
          new Edit(
              "members as the team",
              "team:\n  name: shop\n  members:\n    - username: ada\n"
                  + "      dateIn: '2024-01-01'",
              "team:\n  - username: ada"),
          new Edit(
              "several to several",
              "from: orders.customer\n        to: customers.id",
              "from: [orders.a, orders.b]\n        to: [schema/customers/properties/id, a.b]"),
          new Edit(
              "metric with another type",
              "type: text",
              "type: text\n        metric: rowCount\n" + "        mustBe: 1"),
          new Edit("metric that is sql too", "type: sql", "type: sql\n        metric: rowCount"),
          new Edit("any value to be", "mustBeGreaterThan: 0", "mustBe: [many]"),
          new Edit("length of no text", "maxLength: 40", "maxLength: 3000000000"),
          new Edit("hexadecimal length", "maxLength: 40", "maxLength: 0x28"),
          new Edit("whole length with a point", "maxLength: 40", "maxLength: 40.0"),
          new Edit("no type", "logicalType: boolean", "physicalType: bool"),
          new Edit("no type and items", "logicalType: boolean", "items: {physicalType: bool}"),
          new Edit(
              "options of a boolean",
              "logicalType: boolean",
              "logicalType: boolean\n        logicalTypeOptions: {any: thing}"),
          new Edit("no eventTimeField", "millrace.eventTimeField", "mine"));

  /** Edits that only lint refuses, each because the standard or Millrace can't mean them. */
  static final List<Edit> STRICTER =
      List.of(
          // "Regular expression pattern to define valid value", of ECMA-262
          new Edit("no expression", "pattern: '^o-'", "pattern: 'o('"),
          // dates are written in the format of the property, or as in ISO 8601
          new Edit("no such date", "minimum: '2001-01-01'", "minimum: '2001-02-30'"),
          // "Minimum length of the string" and "Maximum length of the string"
          new Edit("no such length", "minLength: 1", "minLength: 41"),
          // Millrace's own settings are no business of the standard
          new Edit("no such setting", "millrace.eventTimeField", "millrace.eventTime"),
          new Edit("no such field", "value: placed_at", "value: placed"),
          // two properties of the same name
          new Edit("twice the same name", "name: quantity", "name: amount"));

  private Edits() {}
}
