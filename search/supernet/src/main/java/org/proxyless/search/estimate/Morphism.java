package org.proxyless.search.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.network.BlockGraph.Derived;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Key;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * Weights with which a larger network computes what a smaller one does (Chen et al., Net2Net, ICLR
 * 2016; Wei et al., Network Morphism, ICML 2016):
 *
 * <ul>
 *   <li>a wider layer has the smaller one's channels first, and what follows takes nothing of the
 *       new ones, whose own weights are fresh (Wei et al., section 3.4, zeros behind; Net2Net
 *       copies channels instead, which then learn the same);
 *   <li>a larger window has the smaller one in its middle and zeros around it;
 *   <li>an operator where there was only a shortcut has a last normalisation of scale 0, so that
 *       the shortcut is all that it gives.
 * </ul>
 *
 * Nothing shrinks, and an operator does not become one of other layers.
 */
final class Morphism {
  private static final int ABSENT = -1;

  private Morphism() {}

  /**
   * Weights of the child that compute the parent's function.
   *
   * @param weights of the parent, with batch-norm statistics; they stay as they are
   * @param random of weights that are new
   * @return empty if the child is not the parent grown
   */
  static Optional<NetworkWeights> grown(
      Derived parent, NetworkWeights weights, Derived child, RandomGenerator random) {
    if (!isGrown(parent, child)) {
      return Optional.empty();
    }
    int[] sources = sources(parent, child);
    NetworkWeights grown = NetworkWeights.initial(child.network(), random);
    for (int operator = 0; operator < sources.length; operator++) {
      Operator after = child.network().operators().get(operator);
      if (isNew(parent, sources[operator])) {
        silence(operator, after, grown);
      } else {
        Operator before = parent.network().operators().get(sources[operator]);
        grow(sources[operator], before, weights, operator, after, grown);
      }
    }
    return Optional.of(grown);
  }

  /** Whether a network computes whatever another does with the right weights. */
  static boolean isGrown(Derived parent, Derived child) {
    int[] sources = sources(parent, child);
    if (Arrays.stream(sources).filter(source -> source != ABSENT).count()
        != parent.origins().size()) {
      return false;
    }
    for (int operator = 0; operator < sources.length; operator++) {
      Operator after = child.network().operators().get(operator);
      if (isNew(parent, sources[operator])
          ? !canBeSilent(after)
          : !isGrown(parent.network().operators().get(sources[operator]), after)) {
        return false;
      }
    }
    return areJoinedAlike(parent, child, sources);
  }

  /** Whether the parent has nothing there but perhaps a shortcut. */
  private static boolean isNew(Derived parent, int source) {
    if (source == ABSENT) {
      return true;
    }
    Operator before = parent.network().operators().get(source);
    return before.isZero() && before.shortcut();
  }

  /** By operator of the child, that of the parent in the same block. */
  private static int[] sources(Derived parent, Derived child) {
    Map<Integer, Integer> byBlock = new HashMap<>();
    for (int operator = 0; operator < parent.origins().size(); operator++) {
      byBlock.put(parent.origins().get(operator), operator);
    }
    return child.origins().stream().mapToInt(b -> byBlock.getOrDefault(b, ABSENT)).toArray();
  }

  /** Whether operators that both have take the same, new ones on the way aside. */
  private static boolean areJoinedAlike(Derived parent, Derived child, int[] sources) {
    for (int operator = 0; operator < sources.length; operator++) {
      if (sources[operator] != ABSENT) {
        List<Integer> behind =
            child.network().inputs().get(operator).stream()
                .map(input -> throughNew(input, child.network(), sources))
                .toList();
        if (!behind.equals(parent.network().inputs().get(sources[operator]))) {
          return false;
        }
      }
    }
    return true;
  }

  private static int throughNew(int operator, Network child, int[] sources) {
    int behind = operator;
    while (behind != Network.IMAGE && sources[behind] == ABSENT) {
      behind = child.inputs().get(behind).get(0);
    }
    return behind == Network.IMAGE ? behind : sources[behind];
  }

  private static boolean canBeSilent(Operator operator) {
    List<Layer> layers = operator.layers();
    return operator.shortcut()
        && (layers.isEmpty()
            || layers.get(layers.size() - 1) instanceof Layer.Filtered last && last.normalized());
  }

  private static void silence(int operator, Operator of, NetworkWeights weights) {
    int last = of.layers().size() - 1;
    if (last >= 0) {
      Arrays.fill(weights.get(operator, last, Part.SCALE), 0);
    }
  }

  private static boolean isGrown(Operator before, Operator after) {
    if (before.shortcut() != after.shortcut()
        || before.stride() != after.stride()
        || !before.input().equals(after.input())
        || !before.output().equals(after.output())
        || before.layers().size() != after.layers().size()) {
      return false;
    }
    Shape less = before.input();
    Shape more = after.input();
    for (int layer = 0; layer < before.layers().size(); layer++) {
      Layer small = before.layers().get(layer);
      Layer large = after.layers().get(layer);
      if (!(small.equals(large) && less.equals(more)) && !isGrown(small, large)) {
        return false;
      }
      less = small.output(less);
      more = large.output(more);
      if (more.channels() < less.channels()) {
        return false;
      }
    }
    return true;
  }

  /** All but window and width must be the same; a window of one pixel meets others at stride 2. */
  private static boolean isGrown(Layer small, Layer large) {
    if (small instanceof Layer.Convolution one && large instanceof Layer.Convolution other) {
      return isWindowGrown(one.kernel(), other.kernel(), one.stride())
          && new Layer.Convolution(
                  other.kernel(),
                  one.stride(),
                  other.channels(),
                  one.normalized(),
                  one.activation())
              .equals(other);
    }
    if (small instanceof Layer.DepthwiseConvolution one
        && large instanceof Layer.DepthwiseConvolution other) {
      return isWindowGrown(one.kernel(), other.kernel(), one.stride())
          && new Layer.DepthwiseConvolution(
                  other.kernel(), one.stride(), one.dilation(), one.normalized(), one.activation())
              .equals(other);
    }
    return false;
  }

  private static boolean isWindowGrown(int small, int large, int stride) {
    return large == small
        || large > small && (large - small) % 2 == 0 && (stride == 1 || small > 1);
  }

  private static void grow(
      int source,
      Operator before,
      NetworkWeights weights,
      int target,
      Operator after,
      NetworkWeights grown) {
    Shape less = before.input();
    Shape more = after.input();
    for (int layer = 0; layer < after.layers().size(); layer++) {
      Layer small = before.layers().get(layer);
      Layer large = after.layers().get(layer);
      for (Part part : Part.values()) {
        float[] kept = weights.all().get(new Key(source, layer, part));
        float[] fresh = grown.all().get(new Key(target, layer, part));
        if (kept != null && fresh != null) {
          embed(
              large instanceof Layer.DepthwiseConvolution,
              kept,
              NetworkWeights.extents(small, part, less),
              fresh,
              NetworkWeights.extents(large, part, more));
        }
      }
      less = small.output(less);
      more = large.output(more);
    }
  }

  /**
   * Puts the small numbers among the large ones.
   *
   * @param depthwise whether channels have filters of their own: then those of new ones stay fresh
   * @param inner extents [k, k, in, out], or those of something else than a filter
   */
  private static void embed(
      boolean depthwise, float[] small, long[] inner, float[] large, long[] outer) {
    if (inner.length != 4) {
      System.arraycopy(small, 0, large, 0, small.length);
      return;
    }
    int margin = (int) (outer[0] - inner[0]) / 2;
    for (int index = 0; index < large.length; index++) {
      int out = (int) (index % outer[3]);
      int in = (int) (index / outer[3] % outer[2]);
      int column = (int) (index / (outer[3] * outer[2]) % outer[1]) - margin;
      int row = (int) (index / (outer[3] * outer[2] * outer[1])) - margin;
      boolean known = out < inner[3] && in < inner[2];
      boolean within = row >= 0 && row < inner[0] && column >= 0 && column < inner[1];
      if (known && within) {
        large[index] = small[(int) (((row * inner[1] + column) * inner[2] + in) * inner[3] + out)];
      } else if (known || !depthwise && out < inner[3]) {
        large[index] = 0; // the margin, or of a new channel to a known one
      }
    }
  }
}
