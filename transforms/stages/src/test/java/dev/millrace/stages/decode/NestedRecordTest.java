package dev.millrace.stages.decode;

import static dev.millrace.testing.RecordMatchers.hasValue;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.stages.contract.Contract;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects, arrays, decimals and times of day. */
class NestedRecordTest {
  private static final String ORDERS =
      """
        - {name: at, logicalType: timestamp, required: true}
        - name: customer
          logicalType: object
          logicalTypeOptions: {required: [name], minProperties: 1, maxProperties: 3}
          properties:
          - {name: name, logicalType: string, logicalTypeOptions: {maxLength: 10}}
          - {name: since, logicalType: date}
          - name: address
            logicalType: object
            properties:
            - {name: zip, logicalType: string, required: true}
        - name: items
          logicalType: array
          logicalTypeOptions: {minItems: 1, maxItems: 2000}
          items:
            logicalType: object
            properties:
            - {name: sku, logicalType: string, required: true}
            - {name: price, logicalType: number, physicalType: "decimal(6,2)", logicalTypeOptions: {minimum: 0.01}}
            - {name: opens, logicalType: time, logicalTypeOptions: {maximum: "20:00"}}
        - name: grid
          logicalType: array
          items: {logicalType: array, items: {logicalType: integer, required: true}}
        - name: tags
          logicalType: array
          logicalTypeOptions: {uniqueItems: true}
          items: {logicalType: string}
      """;
  private static final String AT = "\"at\":\"2001-01-15T07:30:00Z\"";

  private static Contract orders(String unknownFields) {
    return Contracts.of(ORDERS, "at", "millrace.unknownFields: " + unknownFields);
  }

  private static Decoded decode(String members) {
    return Decoded.of(orders("reject"), "{" + AT + "," + members + "}");
  }

  private static Record passed(Contract contract, String members) {
    Decoded decoded = Decoded.of(contract, "{" + AT + "," + members + "}");
    assertThat(decoded.violations(), empty());
    return decoded.passed();
  }

  private static Record passed(String members) {
    return passed(orders("reject"), members);
  }

  /** An object as it is shown, without the time that it doesn't have. */
  private static String shown(Record record, String field) {
    return record.value(field).toString().replace(" at 1970-01-01T00:00:00Z", "");
  }

  @Test
  void readsObjectsAndArraysToAnyDepth() {
    Record record =
        passed(
            """
            "customer": {"address": {"zip": "10 \\u0041"}, "name": "A", "since": "2000-02-29"},
            "items": [{"sku": "x", "price": 12.5, "opens": "07:30:00.5"}, {"price": null, "sku": "\\ty"}],
            "grid": [[1, 2], [], null, [-3]]""");
    assertThat(
        shown(record, "customer"),
        is("customer{name=A, since=2000-02-29, address=address{zip=10 A}}"));
    RecordArray items = (RecordArray) record.value("items");
    assertThat(
        items.toString(),
        is("[{sku=x, price=12.50, opens=07:30:00.500}, {sku=\ty, price=null, opens=null}]"));
    assertThat(record.value("grid").toString(), is("[[1, 2], [], null, [-3]]"));
    assertThat(record, hasValue("tags", null));
  }

  @Test
  void namesThePlaceOfEveryViolation() {
    assertThat(
        decode(
                """
                "customer": {"name": "Bartholomew!", "since": 5, "x": 1, "address": {}},
                "items": [{"sku": "a", "price": 0.001}, {"price": 0.00, "opens": "21:00"}, 7],
                "grid": [[1], [2, "3", null]], "tags": ["a", null, "a"]""")
            .violations(),
        contains(
            "WRONG_LENGTH customer.name: Found \"Bartholomew!\" of length 12, expected a length of at most 10",
            "WRONG_TYPE customer.since: Invalid customer.since: 5 (expected a date such as 2001-01-15)",
            "UNKNOWN_FIELD customer.x: Invalid customer.x: 1 (expected a known field)",
            "MISSING_FIELD customer.address.zip: Missing required value: customer.address.zip",
            "WRONG_LENGTH customer: Found 4 properties, expected at most 3",
            "WRONG_TYPE items[0].price: Invalid items[0].price: 0.001 (expected a number of at most 4 digits before the point and 2 after it)",
            "OUT_OF_RANGE items[1].price: Found 0.00, expected at least 0.01",
            "OUT_OF_RANGE items[1].opens: Found 21:00, expected at most 20:00",
            "MISSING_FIELD items[1].sku: Missing required value: items[1].sku",
            "WRONG_TYPE items[2]: Invalid items[2]: 7 (expected an object)",
            "WRONG_TYPE grid[1][1]: Invalid grid[1][1]: \"3\" (expected an integer of 64 bits)",
            "MISSING_FIELD grid[1][2]: Missing required value: grid[1][2]",
            "INVALID_VALUE tags: Found the item at [2] twice, expected no item twice"));
  }

  @Test
  void readsOnAfterAnObjectOfAnotherType() {
    assertThat(
        decode("\"customer\": [1], \"items\": {\"sku\": 1}, \"tags\": 1").violations(),
        contains(
            "WRONG_TYPE customer: Invalid customer: [1] (expected an object)",
            "WRONG_TYPE items: Invalid items: {\"sku\": 1} (expected an array)",
            "WRONG_TYPE tags: Invalid tags: 1 (expected an array)"));
  }

  @Test
  void refusesFieldsThatAnObjectHasTwice() {
    assertThat(
        decode("\"customer\": {\"name\": \"A\", \"name\": \"B\"}, \"customer\": {\"x\": []}")
            .violations(),
        contains(
            "REPEATED_FIELD customer.name: Invalid customer.name: \"B\" (expected a field only once)",
            "REPEATED_FIELD customer: Invalid customer: {\"x\": []} (expected a field only once)"));
  }

  @Test
  void listsAThousandViolationsOfAnArray() {
    String zeros =
        IntStream.range(0, 5000).mapToObj(i -> "0").collect(Collectors.joining(",", "[", "]"));
    List<String> violations = decode("\"items\":" + zeros + ",\"tags\":0").violations();

    assertThat(violations, hasSize(1002));
    assertThat(
        violations.subList(999, 1002),
        contains(
            "WRONG_TYPE items[999]: Invalid items[999]: 0 (expected an object)",
            "WRONG_LENGTH items: Found 5000 items, expected at most 2000",
            "WRONG_TYPE tags: Invalid tags: 0 (expected an array)"));
  }

  @Test
  void keepsAFieldWhoseObjectHasUnknownFields() {
    Record record =
        passed(
            orders("keep"),
            "\"items\": [{\"sku\": \"a\", \"color\": {\"r\": 1}}], \"customer\": {\"name\": \"A\"}, \"x\": 1");
    assertThat(
        record,
        hasValue("_unknown", "{\"items\": [{\"sku\": \"a\", \"color\": {\"r\": 1}}],\"x\": 1}"));
    assertThat(record.value("items").toString(), is("[{sku=a, price=null, opens=null}]"));
  }

  @Test
  void dropsUnknownFieldsOfObjects() {
    Record record = passed(orders("drop"), "\"customer\": {\"name\": \"A\", \"x\": {\"y\": [1]}}");
    assertThat(shown(record, "customer"), is("customer{name=A, since=null, address=null}"));
  }

  @Test
  void refusesDeepNestingOfWhatIsNotKnown() {
    String deep = "[".repeat(100_000);
    assertThat(
        decode("\"grid\": [" + deep).violations(),
        contains("MALFORMED : Nested deeper than 200 levels at byte 239"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "-0, 0.00",
    "1.5, 1.50",
    "1e3, 1000.00",
    "9999.99, 9999.99",
    "-9999.990000, -9999.99",
    "1.2500e1, 12.50",
    "0.000000000000000000000000, 0.00",
    "99e-2, 0.99",
    "1.000000000000000000000000000, 1.00"
  })
  void readsDecimalsExactly(String json, BigDecimal value) {
    String contract =
        ORDERS.replace(
            "{logicalType: string}", "{logicalType: number, physicalType: 'NUMERIC( 6 , 2)'}");
    Record record = passed(Contracts.of(contract, "at"), "\"tags\": [" + json + "]");
    assertThat(((RecordArray) record.value("tags")).toList(), contains(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0.001",
    "10000",
    "1e4",
    "-1e400",
    "1e-400",
    "1e99999999999",
    "1e-99999999999",
    "\"1\"",
    "true",
    "9223372036854775807",
    "0.0000000000000000000000001"
  })
  void refusesDecimalsThatDoNotFit(String json) {
    assertThat(
        decode("\"items\": [{\"sku\": \"\", \"price\": " + json + "}]").violations(),
        contains(
            "WRONG_TYPE items[0].price: Invalid items[0].price: %s (expected a number of at most 4 digits before the point and 2 after it)"
                .formatted(json)));
  }

  @ParameterizedTest
  @CsvSource({
    "07:30, 07:30",
    "00:00:00, 00:00",
    "19:59:59.123456789, 19:59:59.123456",
    "20:00, 20:00"
  })
  void readsTimesOfDay(String json, LocalTime time) {
    Record record = passed("\"items\": [{\"sku\": \"\", \"opens\": \"" + json + "\"}]");
    Record item = (Record) ((RecordArray) record.value("items")).valueAt(0);
    assertThat(item, hasValue("opens", time));
  }

  @ParameterizedTest
  @CsvSource({
    "24:00",
    "7:30",
    "07:30Z",
    "07:30:00+02:00",
    "07:60",
    "2001-01-15T07:30",
    "''",
    "07:30:"
  })
  void refusesWhatIsNoTimeOfDay(String json) {
    assertThat(
        decode("\"items\": [{\"sku\": \"\", \"opens\": \"" + json + "\"}]").violations(),
        contains(
            "WRONG_TYPE items[0].opens: Invalid items[0].opens: \"%s\" (expected a time of day such as 07:30:00)"
                .formatted(json)));
  }

  @Test
  void readsObjectsAndArraysFromJsonInCsv() {
    Decoded decoded = csv("2001-01-15T07:30:00Z,\"{\"\"name\"\": \"\"A\"\"}\",\"[[1],[2,3]]\",");
    assertThat(decoded.violations(), empty());
    assertThat(
        shown(decoded.passed(), "customer"), is("customer{name=A, since=null, address=null}"));
    assertThat(decoded.passed().value("grid").toString(), is("[[1], [2, 3]]"));
    assertThat(decoded.passed(), hasValue("tags", null));
    assertThat(
        csv("2001-01-15T07:30:00Z,{},\"[[1],[2,3]\",[] []").violations(),
        contains(
            "MISSING_FIELD customer.name: Missing required value: customer.name",
            "WRONG_LENGTH customer: Found 0 properties, expected at least 1",
            "WRONG_TYPE grid: Invalid grid: [[1],[2,3] (expected an array)",
            "WRONG_TYPE tags: Invalid tags: [] [] (expected an array)"));
  }

  private static Decoded csv(String row) {
    byte[] header = "at,customer,grid,tags".getBytes(StandardCharsets.UTF_8);
    RawBlock block =
        RawBlock.ofLines("source", row).withHeader(new CsvHeader(CsvDialect.RFC_4180, header));
    return Decoded.of(new CsvRecordDecoder(orders("reject")), block);
  }
}
