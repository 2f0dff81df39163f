package org.proxyless.search.job.keeping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.State;
import org.proxyless.search.run.progress.Progress;

/** What the phases of a run took before it was cut short, in their order. */
public final class PhaseSeconds {
  private static final String NAMES = "phases";
  private static final String SECONDS = "phases.seconds";
  private static final String SEPARATOR = ",";

  private PhaseSeconds() {}

  public static void save(Progress progress, State state) {
    Map<String, Double> seconds = progress.phaseSeconds();
    state.put(NAMES, String.join(SEPARATOR, seconds.keySet()));
    state.put(SECONDS, seconds.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  public static Map<String, Double> of(State state) {
    List<String> names = new ArrayList<>(List.of(state.text(NAMES).split(SEPARATOR)));
    names.removeIf(String::isEmpty);
    double[] values = state.numbers(SECONDS);
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      seconds.put(names.get(i), values[i]);
    }
    return seconds;
  }
}
