package dev.millrace.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
  @Test
  void refusesPasswordsInUrlsWithoutShowingThem() {
    assertThat(
        message("jdbc:postgresql://host/db?user=a&PASSWORD=hush"),
        is("Invalid url: not shown, as it has a password (expected a reference beside it)"));
    assertThat(
        message("postgres://host/db"),
        is("Invalid url: postgres://host/db (expected jdbc:postgresql://host:port/database)"));
    assertThat(
        message("jdbc:postgresql://a:b/c"),
        is("Invalid url: jdbc:postgresql://a:b/c (expected jdbc:postgresql://host:port/database)"));
  }

  private static String message(String url) {
    return assertThrows(IllegalArgumentException.class, () -> Database.at(url)).getMessage();
  }

  @Test
  void isShownWithoutParameters() {
    assertThat(
        Database.at("jdbc:postgresql://host/db?sslmode=require").toString(),
        is("jdbc:postgresql://host/db"));
  }

  @ParameterizedTest
  @CsvSource({
    "08006, true", "40001, true", "40P01, true", "53300, true", "53100, true", "57P01, true",
    "57P03, true", "57014, true", "55P03, true", "25006, true", "23505, false", "22001, false",
    "28P01, false", "42P01, false", "XX000, false", "57P04, false", "0A000, false", ", false",
  })
  void onlySomeFailuresPass(String state, boolean passes) {
    assertThat(Failures.isTransient(new SQLException("m", state)), is(passes));
  }

  @ParameterizedTest
  @CsvSource({
    "23505, let the constraint and the contract agree",
    "3D000, check the URL",
    "XX000, see the log of the database",
    ", see the log of the database",
  })
  void saysWhatToDo(String state, String remedy) {
    assertThat(Failures.remedy(new SQLException("m", state)), is(remedy));
  }
}
