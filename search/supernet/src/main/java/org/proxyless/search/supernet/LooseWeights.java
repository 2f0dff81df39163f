package org.proxyless.search.supernet;

import java.util.List;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;

/**
 * A path's part of the weights behind its loose ends: of the filter the inputs that are taken. A
 * single one is not joined, so what stands behind it is a layer less.
 */
final class LooseWeights {
  private final BlockGraph graph;
  private final List<List<Integer>> loose;

  LooseWeights(BlockGraph graph, int[] path) {
    this.graph = graph;
    this.loose = graph.looseEnds(path);
  }

  /**
   * Puts the numbers of a block into a network's.
   *
   * @param key the block, its layer and part
   * @param values all of them
   * @param operator the block's place in the network
   */
  void put(NetworkWeights.Key key, float[] values, int operator, NetworkWeights weights) {
    weights.put(place(key, operator), isCut(key) ? taken(key, values) : values);
  }

  /**
   * The numbers of a block, with those of the network in their place.
   *
   * @param before all of them; what the network does not have stays
   */
  float[] get(NetworkWeights.Key key, int operator, NetworkWeights weights, float[] before) {
    float[] own = weights.get(place(key, operator));
    if (!isCut(key)) {
      return own;
    }
    float[] values = before.clone();
    int slice = slice(key, values);
    List<Integer> inputs = loose.get(key.operator());
    for (int i = 0; i < inputs.size(); i++) {
      System.arraycopy(own, i * slice, values, inputs.get(i) * slice, slice);
    }
    return values;
  }

  private NetworkWeights.Key place(NetworkWeights.Key key, int operator) {
    boolean single = loose.get(key.operator()).size() == 1;
    return new NetworkWeights.Key(operator, key.layer() - (single ? 1 : 0), key.part());
  }

  private boolean isCut(NetworkWeights.Key key) {
    return key.part() == Part.FILTER && !loose.get(key.operator()).isEmpty();
  }

  private float[] taken(NetworkWeights.Key key, float[] values) {
    List<Integer> inputs = loose.get(key.operator());
    int slice = slice(key, values);
    float[] taken = new float[inputs.size() * slice];
    for (int i = 0; i < inputs.size(); i++) {
      System.arraycopy(values, inputs.get(i) * slice, taken, i * slice, slice);
    }
    return taken;
  }

  /** How many numbers of a 1×1 filter belong to one input: [1, 1, inputs · channels, outputs]. */
  private int slice(NetworkWeights.Key key, float[] values) {
    Operator operator = graph.blocks().get(key.operator()).candidates().get(0);
    return values.length / operator.type().inputs();
  }
}
