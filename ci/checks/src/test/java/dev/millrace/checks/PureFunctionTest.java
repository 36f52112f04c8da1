package dev.millrace.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hamcrest.MatcherAssert;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/**
 * The second law: output is a pure function of its inputs. What runs in a pipeline asks neither a
 * clock nor the machine's zone or locale, and draws nothing at random.
 */
class PureFunctionTest {
  /** Calls and method references: {@code Instant::now} asks the clock as {@code Instant.now()}. */
  private static final DescribedPredicate<JavaAccess<?>> IMPURE_ACCESS =
      to(System.class, "currentTimeMillis|nanoTime")
          .or(to(Clock.class, "system.*|tick.*"))
          // With a zone, too; a clock to give them comes from the methods above.
          .or(to("java\\.time\\..*", "now").and(with(Clock.class).negate()))
          .or(to("org\\.joda\\.time\\..*", "now"))
          .or(to("org.joda.time.DateTimeUtils", "currentTimeMillis|getInstantMillis"))
          .or(to("org\\.joda\\.time\\..*|java\\.util\\.Date", "<init>").and(with()))
          .or(to(Calendar.class, "getInstance"))
          .or(to("java.util.GregorianCalendar", "<init>"))
          .or(to(ZoneId.class, "systemDefault"))
          .or(to("java.util.TimeZone|java.util.Locale|org.joda.time.DateTimeZone", "getDefault"))
          .or(to(UUID.class, "randomUUID"))
          .or(to(Math.class, "random"))
          .or(to("java.util.(Splittable)?Random", "<init>").and(with()))
          .or(to("java.util.concurrent.ThreadLocalRandom", "current"))
          .or(to("java.security.SecureRandom", "<init>|getInstance.*"))
          .or(to(Collections.class, "shuffle").and(with(List.class, Random.class).negate()))
          .or(to(System.class, "identityHashCode"));

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
          .accessTargetWhere(IMPURE_ACCESS);

  @Test
  void pipelinesAskNoClockZoneLocaleOrChance() {
    PIPELINES_ARE_PURE.check(House.CLASSES);
  }

  @Test
  void aStageThatAskedTheMachineWouldBeFound() {
    ArchRule rule = noClasses().should().accessTargetWhere(IMPURE_ACCESS);
    EvaluationResult result =
        rule.evaluate(new ClassFileImporter().importClasses(AsksTheMachine.class));
    MatcherAssert.assertThat(result.getFailureReport().getDetails(), Matchers.hasSize(17));
  }

  @Test
  void aStageMayUseTheClockAndTheChanceThatItIsGiven() {
    ArchRule rule = noClasses().should().accessTargetWhere(IMPURE_ACCESS);
    rule.check(new ClassFileImporter().importClasses(UsesWhatItIsGiven.class));
  }

  private static DescribedPredicate<JavaAccess<?>> to(Class<?> type, String name) {
    return to(Pattern.quote(type.getName()), name);
  }

  private static DescribedPredicate<JavaAccess<?>> to(String type, String name) {
    return describe(
        "%s of %s".formatted(name, type),
        access ->
            access.getTargetOwner().getName().matches(type) && access.getName().matches(name));
  }

  private static DescribedPredicate<JavaAccess<?>> with(Class<?>... parameters) {
    return describe(
        "with " + List.of(parameters),
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream()
                    .map(JavaClass::getName)
                    .toList()
                    .equals(Stream.of(parameters).map(Class::getName).toList()));
  }

  /** What the rule must find: never called. */
  @SuppressWarnings("all")
  private static final class AsksTheMachine {
    Object[] ask() {
      Supplier<Instant> now = Instant::now;
      LongSupplier nanoTime = System::nanoTime;
      Supplier<Random> random = Random::new;
      return new Object[] {
        now,
        nanoTime,
        random,
        Instant.now(),
        LocalDate.now(ZoneOffset.UTC),
        System.currentTimeMillis(),
        Clock.systemUTC(),
        new Date(),
        Calendar.getInstance(),
        ZoneId.systemDefault(),
        TimeZone.getDefault(),
        Locale.getDefault(),
        new Random(),
        new SecureRandom(),
        ThreadLocalRandom.current(),
        UUID.randomUUID(),
        System.identityHashCode(this)
      };
    }
  }

  /** What the rule must let pass: never called. */
  @SuppressWarnings("all")
  private static final class UsesWhatItIsGiven {
    Object[] use(Clock clock, long seed, List<String> list) {
      Random random = new Random(seed);
      Collections.shuffle(list, random);
      return new Object[] {Instant.now(clock), new Date(seed), random.nextInt()};
    }
  }
}
