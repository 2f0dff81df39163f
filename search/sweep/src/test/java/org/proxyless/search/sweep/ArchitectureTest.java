package org.proxyless.search.sweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in this module. */
@AnalyzeClasses(
    packages = "org.proxyless.search.sweep",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyOneRoomKnowsSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("..sweep.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule whatIsSentToAnotherMachineKnowsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("..sweep.cell..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "..sweep.cell..");

  @ArchTest
  static final ArchRule aTaskKnowsSparkBesides =
      classes()
          .that()
          .haveSimpleName("CellTask")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "scala..", "org.apache.spark..", "..sweep.cell..", "..sweep.spark..");

  @ArchTest
  static final ArchRule onlyTheCommandKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("..sweep.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.proxyless.search.(sweep..)").should().beFreeOfCycles();
}
