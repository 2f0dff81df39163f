package org.proxyless.search;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may know whom in the whole project, and how large a package may be. */
@AnalyzeClasses(packages = "org.proxyless", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final int MOST_CLASSES = 25;

  /** One record an operator, found by its name. */
  private static final String VOCABULARY = "org.proxyless.network.operators";

  private static final String[] TENSORFLOW = {
    "org.tensorflow..", "org.bytedeco..", "org.proxyless.devices.tensorflow.."
  };

  @ArchTest
  static final ArchRule spacesDataAndStrategiesKnowNoTensorFlow =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.proxyless.search.space..",
              "org.proxyless.search.data..",
              "org.proxyless.search.strategy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TENSORFLOW);

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.proxyless.search.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyPlotsKnowWhatDrawsThem =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.proxyless.benchmarks.plot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.knowm..", "org.apache.batik..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.proxyless.(**)").should().beFreeOfCycles();

  @ArchTest
  static void noPackageIsAHall(JavaClasses classes) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.getPackageName().matches(".*\\.(proto|jmh_generated)"))
            .filter(type -> !type.getPackageName().equals(VOCABULARY))
            .map(JavaClass::getPackageName)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertThat(sizes).as("packages of more than " + MOST_CLASSES + " classes").isEmpty();
  }
}
