package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.strategy.StrategyFactories;
import org.proxyless.search.strategy.StrategyFactory;
import org.proxyless.search.strategy.blackbox.EvaluationStrategyFactory;
import org.proxyless.search.strategy.fidelity.FidelityStrategyFactory;

/**
 * A way to search a space: a {@link StrategyFactory} on the class path, by its name.
 *
 * @param name as on the command line: {@code gradient}
 */
public record StrategyKind(@JsonValue String name) {
  /** Gates are trained by gradient descent (ProxylessNAS-G): the default. */
  public static final StrategyKind GRADIENT = new StrategyKind("gradient");

  /** One candidate by Gumbel noise (GDAS). */
  public static final StrategyKind GDAS = new StrategyKind("gdas");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if no factory has it
   */
  public StrategyKind {
    if (StrategyFactories.named(name).isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' must be one of "
              + StrategyFactories.all().stream()
                  .map(StrategyFactory::name)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  /** All that are on the class path, those of the program first. */
  public static List<StrategyKind> all() {
    return StrategyFactories.all().stream()
        .map(factory -> new StrategyKind(factory.name()))
        .toList();
  }

  /** What makes it. */
  public StrategyFactory factory() {
    return StrategyFactories.named(name).orElseThrow();
  }

  /**
   * What makes it where there is nothing but scores of networks.
   *
   * @throws InvalidInputException if it needs gradients of the networks themselves
   */
  public EvaluationStrategyFactory evaluationFactory() {
    if (factory() instanceof EvaluationStrategyFactory evaluating) {
      return evaluating;
    }
    throw new InvalidInputException(
        "--strategy is "
            + this
            + "; it needs the gradient of a network's loss, which a table of scores does not"
            + " have. What comes nearest on scores alone is reinforce.");
  }

  /** One line for {@code list strategies}. */
  public String description() {
    return factory().description();
  }

  /** Whether all candidates work at once in training. */
  public boolean mixes() {
    return factory().mixes();
  }

  /** Whether it learns from gradients; the others need nothing but scores of networks. */
  public boolean needsGradients() {
    return !(factory() instanceof EvaluationStrategyFactory);
  }

  /** Whether it decides how far each network is trained. */
  public boolean hasRungs() {
    return factory() instanceof FidelityStrategyFactory;
  }

  /**
   * What makes it where it has rungs.
   *
   * @throws ClassCastException if it has none
   */
  public FidelityStrategyFactory fidelityFactory() {
    return (FidelityStrategyFactory) factory();
  }

  /** As on the command line: {@code gradient}. */
  @Override
  public String toString() {
    return name;
  }

  /** The one that is written like this. */
  @JsonCreator
  public static StrategyKind of(String text) {
    return new StrategyKind(text);
  }
}
