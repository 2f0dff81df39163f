package org.proxyless.search;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in this module. */
@AnalyzeClasses(
    packages = "org.proxyless.search",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] TENSORFLOW = {
    "org.tensorflow..", "org.bytedeco..", "org.proxyless.devices.tensorflow.."
  };

  @ArchTest
  static final ArchRule strategiesKnowNeitherTensorFlowNorTheSupernet =
      noClasses()
          .that()
          .resideInAPackage("..search.strategy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TENSORFLOW)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("..search.supernet..", "..search.train..");

  @ArchTest
  static final ArchRule theSupernetKnowsNothingOfTheProgramAroundIt =
      noClasses()
          .that()
          .resideInAPackage("..search.supernet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..search.cli..", "..search.job..", "..search.run..");

  @ArchTest
  static final ArchRule dataAndSpacesKnowNoTensorFlow =
      noClasses()
          .that()
          .resideInAnyPackage("..search.data..", "..search.space..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TENSORFLOW);

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("..search.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule nobodyKnowsWhatDrawsThePlots =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.knowm..", "org.apache.batik..");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..search.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..search.cli..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.proxyless.search.(*)..").should().beFreeOfCycles();
}
