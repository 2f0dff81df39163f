package org.proxyless.search.supernet.graph;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights.Part;

/**
 * First values with which all candidates of an edge that have the same kinds of layers compute the
 * same: each holds the filters of the first of them, in a larger kernel with zeros around them,
 * among more channels that the projection ignores as yet. So Once-for-All nests its networks (Cai
 * et al., 2020, section 3.3); here it is a start only, and nothing stays shared. What follows an
 * edge finds the same features from the first step on, whichever candidate is active; where each
 * candidate is random in its own way, it has to learn to cope with every mixture of them, which
 * takes most of a short warm-up.
 */
public final class AlikeCandidates {
  private final RandomGenerator random;
  private final Map<Place, Filter> firstOfTheirKind = new HashMap<>();
  private final Iterator<CandidatePart> parts;
  private int block = -1;

  /** In candidates with other kinds of layers, none has the same place and kind. */
  private record Place(int layer, boolean depthwise, Part part) {}

  /**
   * A layer's filter.
   *
   * @param extents [height, width, inputs, outputs]; of a depthwise one [.., .., channels, 1]
   */
  private record Filter(boolean depthwise, long[] extents, float[] values) {
    float at(long row, long column, int input, int output) {
      boolean inside = row >= 0 && row < extents[0] && column >= 0 && column < extents[1];
      return inside
          ? values[(int) (((row * extents[1] + column) * extents[2] + input) * extents[3] + output)]
          : 0;
    }
  }

  /**
   * @param parts of all candidates, in the order of blocks, candidates, layers and parts
   */
  public AlikeCandidates(List<CandidatePart> parts, RandomGenerator random) {
    this.parts = parts.iterator();
    this.random = random;
  }

  /**
   * The first values of a variable.
   *
   * @param variable the next one in the order of the parts
   */
  public float[] first(Variable variable) {
    CandidatePart part = parts.next();
    float[] values = first(part);
    while (!part.own().equals(variable)) {
      part = parts.next();
      values = first(part);
    }
    return values;
  }

  private float[] first(CandidatePart part) {
    Variable variable = part.own();
    if (variable.block() != block) {
      block = variable.block();
      firstOfTheirKind.clear();
    }
    float[] values = variable.initial(random);
    Part kind = variable.part();
    if (kind == Part.FILTER || kind == Part.SQUEEZE || kind == Part.EXCITATION) {
      boolean depthwise = variable.description() instanceof Layer.DepthwiseConvolution;
      Filter own = new Filter(depthwise, window(variable.extents()), values);
      Place place = new Place(variable.layer(), depthwise, kind);
      Filter first = firstOfTheirKind.putIfAbsent(place, own);
      if (first != null) {
        nest(first, own);
      }
    }
    return values;
  }

  /** A matrix is a window of one pixel. */
  private static long[] window(long[] extents) {
    return extents.length == 2 ? new long[] {1, 1, extents[0], extents[1]} : extents;
  }

  /** Writes a filter into the middle of another; channels that only the other has keep theirs. */
  private static void nest(Filter first, Filter own) {
    long[] extents = own.extents();
    long above = (extents[0] - first.extents()[0]) / 2;
    long before = (extents[1] - first.extents()[1]) / 2;
    int next = 0;
    for (int row = 0; row < extents[0]; row++) {
      for (int column = 0; column < extents[1]; column++) {
        for (int input = 0; input < extents[2]; input++) {
          for (int output = 0; output < extents[3]; output++, next++) {
            boolean commonInput = input < first.extents()[2];
            boolean commonOutput = output < first.extents()[3];
            if (commonInput && commonOutput) {
              own.values()[next] = first.at(row - above, column - before, input, output);
            } else if (commonOutput && !own.depthwise()) {
              own.values()[next] = 0;
            }
          }
        }
      }
    }
  }
}
