package org.proxyless.latency;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.proxyless", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> OUR_OTHER_PACKAGES =
      JavaClass.Predicates.resideInAPackage("org.proxyless..")
          .and(
              DescribedPredicate.not(
                  JavaClass.Predicates.resideInAnyPackage(
                      "org.proxyless.base..",
                      "org.proxyless.network..",
                      "org.proxyless.latency..")))
          .as("our other packages");

  @ArchTest
  static final ArchRule theLatencyModelKnowsNothingOfOurs =
      noClasses().should().dependOnClassesThat(OUR_OTHER_PACKAGES);

  @ArchTest
  static final ArchRule theLatencyModelKnowsNeitherTensorFlowNorJmh =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "org.bytedeco..", "org.openjdk.jmh..");

  @ArchTest
  static final ArchRule theVocabularyDoesNotKnowTheFormatsOfOthers =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.proxyless.latency.formats..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.proxyless.latency.formats..");
}
