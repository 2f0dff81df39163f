package org.proxyless.devices.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.proxyless.devices.agent",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theAgentKnowsNothingOfTheSearchNorOfARuntime =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.proxyless.search..",
              "org.proxyless.devices.lite..",
              "org.proxyless.devices.tensorflow..",
              "org.tensorflow..");

  @ArchTest
  static final ArchRule onlyWhatServiceLoaderNeedsIsSeenFromOutside =
      classes()
          .that()
          .resideInAPackage("org.proxyless.devices.agent")
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("GrpcMeasuring")
          .should()
          .bePackagePrivate();
}
