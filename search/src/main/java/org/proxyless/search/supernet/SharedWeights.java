package org.proxyless.search.supernet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.proxyless.devices.tensorflow.NetworkWeights;

/**
 * The trained numbers of all candidates of a supernet, without batch-norm statistics. Any network
 * of the space finds its own among them.
 */
public final class SharedWeights {
  /**
   * Where numbers belong.
   *
   * @param candidate index among the block's
   * @param place the block, the layer and the part
   */
  public record Key(int candidate, NetworkWeights.Key place) {}

  private final Map<Key, float[]> numbers = new LinkedHashMap<>();

  /** Sets the numbers of one part; the array is kept, not copied. */
  public void put(int candidate, NetworkWeights.Key place, float[] values) {
    numbers.put(new Key(candidate, place), values);
  }

  /** All numbers by their place, in the order they were put. */
  public Map<Key, float[]> all() {
    return Collections.unmodifiableMap(numbers);
  }

  /**
   * The numbers of one network; the arrays are shared, not copied.
   *
   * @param candidates the chosen one of every block, 0 for a block without a choice
   */
  public NetworkWeights of(int[] candidates) {
    NetworkWeights weights = new NetworkWeights();
    numbers.forEach(
        (key, values) -> {
          int block = key.place().operator();
          if (block < candidates.length && candidates[block] == key.candidate()) {
            weights.put(key.place(), values);
          }
        });
    return weights;
  }
}
