package dev.millrace.stages.decode;

import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Record;
import dev.millrace.stages.contract.Contract;
import org.junit.jupiter.api.Test;

/** Objects and arrays of Avro, which become the same records as those of JSON. */
class AvroNestedTest {
  private static final String ORDERS =
      """
        - {name: at, logicalType: timestamp, required: true}
        - name: customer
          logicalType: object
          logicalTypeOptions: {required: [name], minProperties: 1, maxProperties: 3}
          properties:
          - {name: name, logicalType: string, logicalTypeOptions: {maxLength: 10}}
          - {name: since, logicalType: date}
        - name: items
          logicalType: array
          logicalTypeOptions: {minItems: 1, maxItems: 2000}
          items:
            logicalType: object
            properties:
            - {name: sku, logicalType: string, required: true}
            - {name: price, logicalType: number, physicalType: "decimal(6,2)", logicalTypeOptions: {minimum: 0.01}}
        - name: grid
          logicalType: array
          items: {logicalType: array, items: {logicalType: integer, required: true}}
        - name: tags
          logicalType: array
          logicalTypeOptions: {uniqueItems: true}
          items: {logicalType: string}
      """;
  private static final String SCHEMA =
      AvroData.schema(
          "\"at\":\"string\"",
          """
          "customer":["null",{"type":"record","name":"c","fields":[
            {"name":"since","type":["null",{"type":"int","logicalType":"date"},"string"]},
            {"name":"name","type":["null","string"]},
            {"name":"x","type":["null","int"]}]}]""",
          """
          "items":["null","string",{"type":"array","items":["int",{"type":"record","name":"i","fields":[
            {"name":"price","type":["null",
              {"type":"bytes","logicalType":"decimal","precision":9,"scale":3}]},
            {"name":"sku","type":["null","string"]}]}]}]""",
          """
          "grid":{"type":"array","items":["null",{"type":"array","items":["null","int","string"]}]}""",
          "\"tags\":{\"type\":\"array\",\"items\":[\"null\",\"string\"]}");

  private static Contract orders(String unknownFields) {
    return Contracts.of(ORDERS, "at", "millrace.unknownFields: " + unknownFields);
  }

  private static Decoded decode(Contract contract, String members) {
    String json = "{\"at\":\"2001-01-15T07:30:00Z\"," + members + "}";
    return Decoded.of(new AvroRecordDecoder(contract), AvroData.block(SCHEMA, json));
  }

  @Test
  void readsTheSameRecordAsFromJson() {
    Decoded avro =
        decode(
            orders("reject"),
            """
            "customer":{"c":{"since":{"int":11016},"name":{"string":"A"},"x":null}},
            "items":{"array":[{"i":{"price":{"bytes":"\\u0030\\u00d4"},"sku":{"string":"x"}}},
              {"i":{"price":null,"sku":{"string":"y"}}}]},
            "grid":[{"array":[{"int":1},{"int":2}]},{"array":[]},null,{"array":[{"int":-3}]}],
            "tags":[{"string":"a"},null,{"string":"b"}]""");
    assertThat(avro.violations(), empty());
    Record json =
        Decoded.of(
                orders("reject"),
                """
                {"at":"2001-01-15T07:30:00Z","customer":{"name":"A","since":"2000-02-29"},
                "items":[{"sku":"x","price":12.50},{"sku":"y"}],
                "grid":[[1,2],[],null,[-3]],"tags":["a",null,"b"]}""")
            .passed();
    assertThat(avro.passed(), is(json));
  }

  @Test
  void namesThePlaceOfEveryViolation() {
    assertThat(
        decode(
                orders("reject"),
                """
                "customer":{"c":{"since":{"string":"5"},"name":null,"x":{"int":1}}},
                "items":{"array":[{"i":{"price":{"bytes":"\\u0000"},"sku":{"string":"a"}}},
                  {"i":{"price":{"bytes":"\\u0001"},"sku":null}},{"int":7}]},
                "grid":[{"array":[{"int":1},{"string":"3"},null]}],
                "tags":[{"string":"a"},null,{"string":"a"}]""")
            .violations(),
        contains(
            "WRONG_TYPE customer.since: Invalid customer.since: \"5\" (expected a date such as"
                + " 2001-01-15)",
            "MISSING_FIELD customer.name: Missing required value: customer.name",
            "UNKNOWN_FIELD customer.x: Invalid customer.x: 1 (expected a known field)",
            "OUT_OF_RANGE items[0].price: Found 0.00, expected at least 0.01",
            "WRONG_TYPE items[1].price: Invalid items[1].price: 0.001 (expected a number of at"
                + " most 4 digits before the point and 2 after it)",
            "MISSING_FIELD items[1].sku: Missing required value: items[1].sku",
            "WRONG_TYPE items[2]: Invalid items[2]: 7 (expected an object)",
            "WRONG_TYPE grid[0][1]: Invalid grid[0][1]: \"3\" (expected an integer of 64 bits)",
            "MISSING_FIELD grid[0][2]: Missing required value: grid[0][2]",
            "INVALID_VALUE tags: Found the item at [2] twice, expected no item twice"));
  }

  @Test
  void keepsAllOfAFieldWithUnknownFieldsInIt() {
    Decoded decoded =
        decode(
            orders("keep"),
            """
            "customer":{"c":{"since":null,"name":{"string":"A"},"x":{"int":1}}},
            "items":null,"grid":[],"tags":[]""");
    assertThat(
        decoded.passed(),
        hasValue("_unknown", "{\"customer\":{\"since\":null,\"name\":\"A\",\"x\":1}}"));
  }

  @Test
  void rejectsAnotherTypeForAnArray() {
    assertThat(
        decode(
                orders("reject"),
                "\"customer\":null,\"items\":{\"string\":\"[]\"},\"grid\":[],\"tags\":[]")
            .violations(),
        contains("WRONG_TYPE items: Invalid items: \"[]\" (expected an array)"));
  }
}
