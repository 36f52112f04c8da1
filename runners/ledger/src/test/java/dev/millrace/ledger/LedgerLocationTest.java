package dev.millrace.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerLocationTest {

  @Test
  void isShownWithoutParametersAndPassword() {
    LedgerLocation location =
        LedgerLocation.url("jdbc:postgresql://db.example:5432/facts?sslmode=verify-full")
            .withUser("ada")
            .withPassword("geheim");
    assertThat(location.toString(), is("jdbc:postgresql://db.example:5432/facts"));
  }

  @Test
  void isTheSameFileByPathAndByUrl() {
    String path = Path.of("").toAbsolutePath().resolve("ledger.db").toString();
    assertThat(LedgerLocation.file(Path.of("x/../ledger.db")).toString(), is(path));
    assertThat(LedgerLocation.url("jdbc:sqlite:ledger.db").toString(), is(path));
    assertThat(LedgerLocation.url("jdbc:sqlite:" + path).toString(), is(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ledger.db",
        "jdbc:mysql://localhost/facts",
        "jdbc:postgresql://host:port/facts",
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite::resource:ledger.db",
        "jdbc:sqlite:file:ledger.db",
        "jdbc:sqlite:ledger.db?mode=ro"
      })
  void refusesOtherUrls(String url) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LedgerLocation.url(url));
    assertThat(
        e.getMessage(),
        is(
            "Invalid ledger: %s (expected jdbc:sqlite:/path/of/a/file or jdbc:postgresql://host:port/database)"
                .formatted(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/facts?user=ada&password=geheim",
        "jdbc:postgresql://localhost/facts?Password=geheim",
        "jdbc:postgresql://localhost/facts?sslpassword=geheim",
        "jdbc:postgresql://ada:geheim@localhost/facts",
        "postgresql://ada:geheim@localhost/facts"
      })
  void refusesAPasswordInTheUrl(String url) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LedgerLocation.url(url));
    assertThat(
        e.getMessage(),
        is(
            "Invalid ledger: not shown, as it has a password (expected the URL without it, and the password by reference)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT1H0.001S"})
  void refusesADeadlineThatIsNone(Duration deadline) {
    LedgerLocation location = LedgerLocation.file(Path.of("ledger.db"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> location.withDeadline(deadline));
    assertThat(
        e.getMessage(), is("Invalid deadline: %s (expected PT1S to PT1H)".formatted(deadline)));
  }

  @Test
  void refusesUserAndPasswordOfAFile() {
    LedgerLocation location = LedgerLocation.file(Path.of("/tmp/ledger.db"));
    IllegalArgumentException user =
        assertThrows(IllegalArgumentException.class, () -> location.withUser("ada"));
    assertThat(
        user.getMessage(),
        is("Invalid user: ada (expected none: ledger /tmp/ledger.db is a file)"));
    IllegalArgumentException password =
        assertThrows(IllegalArgumentException.class, () -> location.withPassword("geheim"));
    assertThat(
        password.getMessage(),
        is("Invalid password: not shown (expected none: ledger /tmp/ledger.db is a file)"));
  }
}
