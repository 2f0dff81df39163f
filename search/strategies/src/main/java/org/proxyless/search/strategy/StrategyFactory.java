package org.proxyless.search.strategy;

/**
 * Makes a strategy of the main job, which the user asks for by its name. Implementations have a
 * public constructor without parameters and are found by {@link java.util.ServiceLoader}: a jar on
 * the class path that names one in {@code
 * META-INF/services/org.proxyless.search.strategy.StrategyFactory} adds it to the program.
 */
public interface StrategyFactory {
  /** As on the command line and in files, in lower case with hyphens: {@code darts-2}. */
  String name();

  /** One line on what it does. */
  String description();

  /** Whether all candidates of an edge work at once in training, each with a share. */
  default boolean mixes() {
    return false;
  }

  /** How fast its architecture parameters learn; unused where it has none. */
  default ArchitectureRate architectureRate() {
    return ArchitectureRate.PROXYLESS_NAS;
  }

  /**
   * Makes one.
   *
   * @throws org.proxyless.base.InvalidInputException if it cannot work on this problem
   */
  Strategy create(SearchProblem problem);
}
