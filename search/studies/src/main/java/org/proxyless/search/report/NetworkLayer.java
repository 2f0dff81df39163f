package org.proxyless.search.report;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorTypes;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.job.prepare.PriceList.Candidate;
import org.proxyless.search.job.prepare.PriceList.PricedBlock;

/**
 * An operator of the derived network.
 *
 * @param block its place; a number where the run does not name it
 * @param chosen whether the search chose it
 * @param label of the operator, for people
 * @param kernel its side, null for an operator without one
 * @param expansion of an inverted bottleneck, null for another
 * @param skipped whether it computes nothing
 * @param shortcut whether its input is added to its output
 * @param input shape
 * @param output shape
 * @param millis what it adds by the table; null where the run has no prices, as the next two
 * @param low95Millis lower end of its 95 % confidence interval
 * @param high95Millis its upper end
 */
record NetworkLayer(
    String block,
    boolean chosen,
    String label,
    Object kernel,
    Object expansion,
    boolean skipped,
    boolean shortcut,
    String input,
    String output,
    Double millis,
    Double low95Millis,
    Double high95Millis) {

  /**
   * The operators of a network in order.
   *
   * @param prices of the space it comes from, or null
   * @throws InvalidInputException if the network is not of that space
   */
  static List<NetworkLayer> of(NetworkFile.Placed placed, PriceList prices) {
    List<NetworkLayer> layers = new ArrayList<>();
    for (Operator operator : placed.network().operators()) {
      int place = layers.size();
      PricedBlock block = prices == null ? null : block(placed, prices, place);
      layers.add(of(operator, String.valueOf(place + 1), block));
    }
    return layers;
  }

  private static PricedBlock block(NetworkFile.Placed placed, PriceList prices, int place) {
    return placed.blocks().isEmpty()
        ? block(prices, place)
        : prices.blocks().stream()
            .filter(block -> block.name().equals(placed.blocks().get(place)))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "network.json has block "
                            + placed.blocks().get(place)
                            + ", which "
                            + PriceList.FILE
                            + " lacks: one of the two is of another run."));
  }

  private static PricedBlock block(PriceList prices, int place) {
    if (place >= prices.blocks().size()) {
      throw new InvalidInputException(
          "network.json has more operators than "
              + PriceList.FILE
              + " has blocks ("
              + prices.blocks().size()
              + "): one of the two is of another run.");
    }
    return prices.blocks().get(place);
  }

  private static NetworkLayer of(Operator operator, String number, PricedBlock block) {
    Candidate priced = block == null ? null : candidate(operator, block);
    var type = OperatorTypes.toKeys(operator.type());
    return new NetworkLayer(
        block == null ? number : block.name(),
        block != null && block.candidates().size() > 1 && operator.type().inputs() == 1,
        operator.isZero() ? "skip" : operator.type().label(),
        type.get("kernel"),
        type.get("expansion"),
        operator.isZero(),
        operator.shortcut(),
        operator.input().toString(),
        operator.output().toString(),
        priced == null ? null : priced.millis(),
        priced == null ? null : priced.low95Millis(),
        priced == null ? null : priced.high95Millis());
  }

  private static Candidate candidate(Operator operator, PricedBlock block) {
    return block.candidates().stream()
        .filter(candidate -> candidate.key().equals(operator.key()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "network.json has "
                        + operator.key()
                        + " as "
                        + block.name()
                        + ", which "
                        + PriceList.FILE
                        + " does not offer there: one of the two is of another run."));
  }
}
