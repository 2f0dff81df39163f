package org.proxyless.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.proxyless.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule benchmarksDoNotKnowTheSearch =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.proxyless.search..");

  @ArchTest
  static final ArchRule onlyPlotsKnowWhatDrawsThem =
      noClasses()
          .that()
          .resideOutsideOfPackage("..benchmarks.plot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.knowm..", "org.apache.batik..");
}
