package org.proxyless.latency;

import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

/**
 * The latency of a whole network, measured beside the operators of a table.
 *
 * @param operators the keys of its operators, in order
 * @param millis positive
 * @param standardErrorMillis of that, from measurements that were made apart; positive
 */
public record NetworkTiming(List<String> operators, double millis, double standardErrorMillis) {
  /**
   * @throws InvalidInputException if it has no operators, or a value is not positive
   */
  public NetworkTiming {
    operators = List.copyOf(operators);
    if (operators.isEmpty() || !isPositive(millis) || !isPositive(standardErrorMillis)) {
      throw new InvalidInputException(
          "the timing of a network of "
              + operators.size()
              + " operators is "
              + millis
              + " ms with a standard error of "
              + standardErrorMillis
              + " ms; all must be positive and finite. Measure the table again.");
    }
  }

  /** The timing of a network. */
  public static NetworkTiming of(Network network, double millis, double standardErrorMillis) {
    return new NetworkTiming(
        network.operators().stream().map(Operator::key).toList(), millis, standardErrorMillis);
  }

  private static boolean isPositive(double value) {
    return value > 0 && Double.isFinite(value);
  }
}
