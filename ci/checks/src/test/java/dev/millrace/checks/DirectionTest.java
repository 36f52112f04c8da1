package dev.millrace.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The direction of the house: record, then stages, io and quarantine, then pipelines, ledger,
 * launch and dev, the engines and operate, console. A room knows only those before it.
 */
class DirectionTest {
  @ParameterizedTest
  @CsvSource({
    "record,",
    "testing, record",
    "stages.sql, record",
    "stages.contract, record stages.sql",
    "stages.decode, record stages.contract",
    "stages.dedup, record",
    "stages.window, record",
    "stages.quality, record",
    "stages.refer, record",
    "io, record",
    "quarantine, record",
    "pipelines, record stages io quarantine",
    "ledger,",
    "launch, record io pipelines ledger",
    "dev,",
    "direct, launch",
    "flink, launch dev",
    "operate, record stages io quarantine pipelines ledger launch",
    "console, record stages.contract io pipelines ledger launch dev operate",
  })
  void roomKnowsOnlyTheRoomsBeforeIt(String room, String known) {
    String[] allowed =
        Stream.concat(Stream.of(room), known == null ? Stream.empty() : Stream.of(known.split(" ")))
            .map(name -> "dev.millrace." + name + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("dev.millrace." + room + "..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.millrace..")).or(resideInAnyPackage(allowed)))
        .check(House.CLASSES);
  }

  @Test
  void onlyTheEnginesNameAnEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.millrace.direct..", "dev.millrace.flink..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..")
        .check(House.CLASSES);
  }

  @Test
  void stagesKnowNoOptions() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.millrace.record..", "dev.millrace.stages..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PipelineOptions.class)
        .check(House.CLASSES);
  }

  @Test
  void beamsVendoredLibrariesAreLeftToBeam() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.beam.vendor..")
        .check(House.CLASSES);
  }

  @Test
  void onlyConditionsNameTheSqlEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.millrace.stages.sql..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.calcite..")
        .check(House.CLASSES);
  }

  @Test
  void packagesNameStagesOrThings() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..common..", "..helpers..", "..impl..", "..manager..")
        .check(House.CLASSES);
  }

  /** Of two packages one can be read without the other, also where one is within the other. */
  @Test
  void packagesAreFreeOfCycles() {
    slices().assignedFrom(new PackageOfEach()).should().beFreeOfCycles().check(House.CLASSES);
  }

  @Test
  void publicTransformsAreFinal() {
    classes()
        .that()
        .areAssignableTo(PTransform.class)
        .and()
        .arePublic()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(House.CLASSES);
  }

  /** Each package by itself, so that one within another is not a part of it. */
  private static final class PackageOfEach implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      return SliceIdentifier.of(javaClass.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
