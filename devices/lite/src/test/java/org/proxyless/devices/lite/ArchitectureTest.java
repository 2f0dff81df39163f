package org.proxyless.devices.lite;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.proxyless.devices.lite",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule formatsKnowNothingOfTheSearch =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.proxyless.benchmarks..", "org.proxyless.search..");

  @ArchTest
  static final ArchRule onlyTheLoweringKnowsLayers =
      noClasses()
          .that()
          .doNotHaveSimpleName("Lowering")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.proxyless\\.network\\.Layer(\\$.*)?");
}
