package org.proxyless.search.supernet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.NetworkWeights;

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
   * @param graph that the network is of
   * @param path the option of each of its decisions
   */
  public NetworkWeights of(BlockGraph graph, int[] path) {
    int[] candidates = graph.candidates(path);
    List<Integer> origins = graph.derive("path", path).origins();
    NetworkWeights weights = new NetworkWeights();
    LooseWeights loose = new LooseWeights(graph, path);
    numbers.forEach(
        (key, values) -> {
          NetworkWeights.Key place = key.place();
          int operator = origins.indexOf(place.operator());
          if (operator >= 0 && candidates[place.operator()] == key.candidate()) {
            loose.put(place, values, operator, weights);
          }
        });
    return weights;
  }
}
