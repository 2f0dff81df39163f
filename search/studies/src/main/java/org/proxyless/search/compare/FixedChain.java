package org.proxyless.search.compare;

import java.util.List;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.MBConv;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpaces;

/**
 * What one would take without a search: a chain like MobileNetV2 (Sandler et al., 2018) with the
 * depth, strides and fixed blocks of a space, every block present, and the same operator in all of
 * them. Its width makes it quicker or slower.
 *
 * @param settings of the search, which name the space and its width
 * @param input shape of one image
 * @param classes their number
 */
record FixedChain(SearchSettings settings, Shape input, int classes) {
  private static final MBConv OPERATOR = new MBConv(3, 6);

  /** The greatest factor that the space's own width allows. */
  double mostFactor() {
    return SearchSpaces.MAX_WIDTH / settings.width();
  }

  /**
   * The chain at a width.
   *
   * @param factor scales the space's own channels
   */
  Network at(double factor) {
    List<Block> blocks =
        SearchSpaces.load(settings.space(), settings.width() * factor, input, classes).blocks();
    return new Network("fixed chain", blocks.stream().map(FixedChain::operator).toList());
  }

  private static Operator operator(Block block) {
    Operator first = block.candidates().get(0);
    return block.isEdge()
        ? new Operator(
            OPERATOR, first.input(), first.outputChannels(), first.stride(), first.shortcut())
        : first;
  }
}
