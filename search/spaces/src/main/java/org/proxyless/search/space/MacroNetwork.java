package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PlainReduction;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.PreSepConv;
import org.proxyless.network.operators.UnbiasedClassifier;

/**
 * Networks of ENAS's macro space in their final form (Pham et al., 2018; the form of its code):
 * each layer is an operator on what the layer before gives, and the channels of it and of any
 * earlier layers together, brought to the layer's own by a 1×1 convolution. Behind a third and two
 * thirds of the layers all that was given so far is halved and its channels doubled.
 */
final class MacroNetwork {
  private static final int KINDS = 4;

  private final String source;
  private final boolean separable;
  private final int channels;
  private final List<BlockGraph.Block> blocks = new ArrayList<>();

  /**
   * @param separable whether operators 1 and 3 are separable convolutions as the paper has it; its
   *     code builds dense ones for a given network
   */
  MacroNetwork(String source, int channels, boolean separable) {
    this.source = source;
    this.channels = channels;
    this.separable = separable;
  }

  /**
   * The network.
   *
   * @param layers of each layer its operator (0: 3×3, 1: separable 3×3, 2: 5×5, 3: separable 5×5),
   *     and of each earlier output but the last whether it is taken, 0 being the stem
   * @throws InvalidInputException if a layer is not well formed
   */
  Network build(String name, List<List<Integer>> layers, Shape input, int classes) {
    List<Integer> outputs = new ArrayList<>();
    int width = channels;
    outputs.add(add(new Operator(new PlainConv(3), input, width, 1, false), Network.IMAGE));
    for (int l = 0; l < layers.size(); l++) {
      List<Integer> layer = layers.get(l);
      require(layer, l);
      int own = add(new PreConv(1), width, 1, outputs.get(l));
      own = add(operator(layer.get(0)), width, 1, own);
      outputs.add(l == 0 ? own : addSkips(layer, outputs, own, width));
      int third = layers.size() / 3;
      if (l == third - 1 || l == 2 * third - 1) {
        width *= 2;
        int wide = width;
        outputs.replaceAll(output -> add(new PlainReduction(), wide, 2, output));
      }
    }
    add(new UnbiasedClassifier(), classes, 1, outputs.get(outputs.size() - 1));
    return new BlockGraph(blocks, List.of()).derive(name, new int[0]).network();
  }

  private void require(List<Integer> layer, int l) {
    boolean fits =
        layer.size() == l + 1
            && layer.get(0) >= 0
            && layer.get(0) < KINDS
            && layer.stream().skip(1).allMatch(bit -> bit == 0 || bit == 1);
    if (!fits) {
      throw new InvalidInputException(
          source
              + ": layer "
              + (l + 1)
              + " is "
              + layer
              + "; it must be an operator from 0 to 3 and "
              + l
              + " numbers of 0 or 1.");
    }
  }

  private OperatorType operator(int kind) {
    int kernel = kind < 2 ? 3 : 5;
    return separable && kind % 2 == 1 ? new PreSepConv(kernel) : new PreConv(kernel);
  }

  private int addSkips(List<Integer> layer, List<Integer> outputs, int own, int width) {
    List<Integer> taken = new ArrayList<>();
    for (int earlier = 0; earlier + 1 < layer.size(); earlier++) {
      if (layer.get(earlier + 1) == 1) {
        taken.add(outputs.get(earlier));
      }
    }
    taken.add(own);
    int all = own;
    if (taken.size() > 1) {
      Operator concat =
          new Operator(new Concat(taken.size()), shape(own), taken.size() * width, 1, false);
      all = add(concat, taken.toArray(Integer[]::new));
    }
    return add(new PreConv(1), width, 1, all);
  }

  private int add(OperatorType type, int outputChannels, int stride, int input) {
    return add(new Operator(type, shape(input), outputChannels, stride, false), input);
  }

  private int add(Operator operator, Integer... inputs) {
    blocks.add(new BlockGraph.Block(List.of(operator), List.of(inputs), BlockGraph.FIXED));
    return blocks.size() - 1;
  }

  private Shape shape(int block) {
    return blocks.get(block).candidates().get(0).output();
  }
}
