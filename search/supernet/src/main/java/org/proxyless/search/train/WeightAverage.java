package org.proxyless.search.train;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;

/**
 * The exponential average of a network's weights over its steps, m ← d·m + (1 − d)·w. In the first
 * steps d is at most (1 + t)/(10 + t) after t of them, so that the weights it began with do not
 * weigh long.
 */
final class WeightAverage {
  private static final String PREFIX = "average/";
  private static final String STEPS = PREFIX + "steps";

  private final double decay;
  private NetworkWeights mean;
  private long steps;

  /**
   * @param decay d, 0 to 1
   * @param weights that it begins with
   */
  WeightAverage(double decay, NetworkWeights weights) {
    this.decay = decay;
    this.mean = weights;
  }

  /** Starts afresh from weights. */
  void restart(NetworkWeights weights) {
    mean = weights;
    steps = 0;
  }

  /** The weights after another step. */
  void add(NetworkWeights weights) {
    double kept = Math.min(decay, (1.0 + steps) / (10 + steps));
    steps++;
    mean.all()
        .forEach(
            (key, values) -> {
              float[] now = weights.get(key);
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (kept * values[i] + (1 - kept) * now[i]);
              }
            });
  }

  /** The average, not a copy. */
  NetworkWeights mean() {
    return mean;
  }

  /** Everything by name, copied. */
  Map<String, float[]> state() {
    Map<String, float[]> state = new TreeMap<>();
    mean.all().forEach((key, values) -> state.put(name(key), values.clone()));
    state.put(STEPS, new float[] {steps}); // exact up to 2^24
    return state;
  }

  /** Whether a name is of such a state. */
  static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  /** Comes back to what {@link #state} told. */
  void restore(Map<String, float[]> state) {
    NetworkWeights restored = new NetworkWeights();
    mean.all().keySet().forEach(key -> restored.put(key, state.get(name(key)).clone()));
    mean = restored;
    steps = (long) state.get(STEPS)[0];
  }

  private static String name(NetworkWeights.Key key) {
    return PREFIX + key.operator() + "/" + key.layer() + "/" + name(key.part());
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
