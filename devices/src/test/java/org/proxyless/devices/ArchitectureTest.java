package org.proxyless.devices;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.proxyless.devices",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule devicesKnowOnlyTheLatencyModel =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.proxyless.benchmarks..", "org.proxyless.search..");
}
