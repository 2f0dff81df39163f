package org.proxyless.search.strategy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.proxyless.base.InvalidInputException;

/** The strategies on the class path. */
public final class StrategyFactories {
  private static final Map<String, StrategyFactory> BY_NAME = load();

  private StrategyFactories() {}

  private static Map<String, StrategyFactory> load() {
    Map<String, StrategyFactory> byName = new LinkedHashMap<>();
    try {
      for (StrategyFactory factory : ServiceLoader.load(StrategyFactory.class)) {
        StrategyFactory before = byName.put(factory.name(), factory);
        if (before != null) {
          throw new InvalidInputException(
              "two strategies on the class path are called "
                  + factory.name()
                  + ": "
                  + before.getClass().getName()
                  + " and "
                  + factory.getClass().getName()
                  + "; leave one of them out.");
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new InvalidInputException(
          "a strategy on the class path cannot be loaded: " + e.getMessage() + ".", e);
    }
    return byName;
  }

  /** All, those of the program first. */
  public static List<StrategyFactory> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** The one with this name, if there is one. */
  public static Optional<StrategyFactory> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
