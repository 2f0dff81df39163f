package org.proxyless.search.cli.study;

import java.lang.reflect.Member;
import java.nio.file.Path;
import java.util.Set;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.ProblemOptions;
import org.proxyless.search.cli.options.TrainingOptions;
import org.proxyless.search.run.settings.CompareSettings;
import org.proxyless.search.run.settings.StrategiesSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of {@code compare}: of a run's network with others, or of strategies. */
final class CompareOptions {
  private static final Set<Class<?>> OF_RUN = Set.of(AgainstOthersOptions.class);
  private static final Set<Class<?>> OF_STRATEGIES =
      Set.of(StrategiesOptions.class, ProblemOptions.class);

  @Mixin private AgainstOthersOptions ofRun;
  @Mixin private StrategiesOptions ofStrategies;
  @Mixin private TrainingOptions training;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "" + CompareSettings.DEFAULT_SEEDS,
      description =
          "Trainings of each network, or searches of each strategy, with this many seeds from --seed"
              + " on (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Mixin private JsonOption json;

  /**
   * Whether strategies are compared rather than a run's network with others.
   *
   * @throws InvalidInputException if neither is asked for, or both, or an option is of the other
   */
  boolean comparesStrategies(ParseResult given) {
    boolean strategies = ofStrategies.given();
    if (strategies == ofRun.given()) {
      throw new InvalidInputException(
          (strategies
                  ? "both a RUN and --strategies are given"
                  : "neither a RUN nor --strategies is given")
              + "; give a RUN, for its network against others, or --strategies, for searches.");
    }
    for (ArgSpec argument : given.matchedArgs()) {
      Class<?> holder = ((Member) argument.userObject()).getDeclaringClass();
      if (argument instanceof OptionSpec option
          && (strategies ? OF_RUN : OF_STRATEGIES).contains(holder)) {
        throw new InvalidInputException(
            option.longestName()
                + " applies with "
                + (strategies ? "a RUN" : "--strategies")
                + " only: leave it out.");
      }
    }
    return strategies;
  }

  /**
   * The settings in force for a run.
   *
   * @throws InvalidInputException if a value breaks a rule
   */
  CompareSettings settings() {
    return ofRun.settings(training, seeds);
  }

  /**
   * The settings in force for strategies.
   *
   * @throws InvalidInputException if a value breaks a rule
   */
  StrategiesSettings strategiesSettings() {
    return ofStrategies.settings(training, seeds);
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
