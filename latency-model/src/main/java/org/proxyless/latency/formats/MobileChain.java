package org.proxyless.latency.formats;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.latency.TableKeys;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * The chain that the mobile spaces of 2019 share at 224×224: stem, a first block without widening,
 * stages of 4, 4, 4, 4, 4 and 1 blocks, head, classifier. Published models name only the blocks;
 * this says what stands there.
 *
 * @param blocks the first block and those of the stages, in order
 */
record MobileChain(List<Block> blocks) {
  private static final int[] STRIDES = {2, 2, 2, 1, 2, 1};
  private static final int[] CELLS = {4, 4, 4, 4, 4, 1};
  private static final int SIDE_BEHIND_STEM = 112;

  /**
   * A block.
   *
   * @param place its index in the network
   */
  record Block(int place, Shape input, int channels, int stride) {
    /** The key of a type's term at this place. */
    String key(OperatorType type) {
      return TableKeys.at(place, new Operator(type, input, channels, stride, hasShortcut()));
    }

    boolean hasShortcut() {
      return stride == 1 && input.channels() == channels;
    }
  }

  /** The number of stages. */
  static int stages() {
    return CELLS.length;
  }

  /**
   * @param stem channels behind the stem
   * @param first channels behind the first block
   * @param stages channels of each stage
   */
  static MobileChain of(int stem, int first, List<Integer> stages) {
    List<Block> blocks = new ArrayList<>();
    Shape shape = new Shape(SIDE_BEHIND_STEM, SIDE_BEHIND_STEM, stem);
    blocks.add(new Block(1, shape, first, 1));
    shape = shape.strided(1, first);
    for (int stage = 0; stage < CELLS.length; stage++) {
      for (int cell = 0; cell < CELLS[stage]; cell++) {
        int stride = cell == 0 ? STRIDES[stage] : 1;
        blocks.add(new Block(blocks.size() + 1, shape, stages.get(stage), stride));
        shape = shape.strided(stride, stages.get(stage));
      }
    }
    return new MobileChain(List.copyOf(blocks));
  }

  /** The places of stem, head and classifier: what a bias covers. */
  List<Integer> otherPlaces() {
    return List.of(0, blocks.size() + 1, blocks.size() + 2);
  }
}
