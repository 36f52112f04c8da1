package dev.millrace.checks;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.hamcrest.MatcherAssert;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/**
 * The second law: output is a pure function of its inputs. What runs in a pipeline asks neither a
 * clock nor the machine's zone or locale, and draws nothing at random.
 */
class PureFunctionTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.millrace");

  private static final DescribedPredicate<JavaCall<?>> IMPURE_CALL =
      call(System.class, "currentTimeMillis|nanoTime")
          .or(call(Clock.class, "system.*|tick.*"))
          .or(
              callWithoutArguments(
                  "java.time.(Instant|Local.*|Zoned.*|Offset.*|Year.*|MonthDay)", "now"))
          .or(callWithoutArguments("org.joda.time..*", "now"))
          .or(callWithoutArguments("org.joda.time..*", "<init>"))
          .or(call(ZoneId.class, "systemDefault"))
          .or(call(Locale.class, "getDefault"))
          .or(call(UUID.class, "randomUUID"))
          .or(call(Math.class, "random"))
          .or(callWithoutArguments("java.util.Random", "<init>"));

  private static final ArchRule PIPELINES_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.millrace.record..",
              "dev.millrace.stages..",
              "dev.millrace.io..",
              "dev.millrace.quarantine..",
              "dev.millrace.pipelines..")
          // A source that waits for files has to know how long nothing came.
          .and()
          .doNotHaveFullyQualifiedName("dev.millrace.io.WallClock")
          .should()
          .callCodeUnitWhere(IMPURE_CALL);

  @Test
  void pipelinesAskNoClockZoneLocaleOrChance() {
    PIPELINES_ARE_PURE.check(HOUSE);
  }

  @Test
  void aStageThatAskedTheClockWouldBeFound() {
    ArchRule rule = noClasses().should().callCodeUnitWhere(IMPURE_CALL);
    EvaluationResult result =
        rule.evaluate(new ClassFileImporter().importClasses(AsksTheMachine.class));
    MatcherAssert.assertThat(result.getFailureReport().getDetails(), Matchers.hasSize(5));
  }

  private static DescribedPredicate<JavaCall<?>> call(Class<?> type, String name) {
    return target(owner(JavaClass.Predicates.equivalentTo(type))).and(target(nameMatching(name)));
  }

  private static DescribedPredicate<JavaCall<?>> callWithoutArguments(String type, String name) {
    return target(owner(nameMatching(type)))
        .and(target(nameMatching(name)))
        .and(target(rawParameterTypes(new Class<?>[0])));
  }

  /** What the rule must find: never called. */
  @SuppressWarnings("all")
  private static final class AsksTheMachine {
    Object[] ask() {
      return new Object[] {
        Instant.now(),
        System.currentTimeMillis(),
        ZoneId.systemDefault(),
        Locale.getDefault(),
        new Random()
      };
    }
  }
}
