package org.proxyless.latency;

import java.util.List;

/**
 * A chain of operators, the last of which gives the class logits.
 *
 * @param name what it is called in files and summaries
 * @param operators in order; each takes the shape that the one before it gives
 */
public record Network(String name, List<Operator> operators) {
  public Network {
    operators = List.copyOf(operators);
    if (operators.isEmpty()) {
      throw new IllegalArgumentException("network " + name + " has no operators");
    }
    for (int i = 1; i < operators.size(); i++) {
      Shape given = operators.get(i - 1).output();
      Shape taken = operators.get(i).input();
      if (!given.equals(taken)) {
        throw new IllegalArgumentException(
            "network "
                + name
                + ": operator "
                + i
                + " takes "
                + taken
                + " but the one before it gives "
                + given);
      }
    }
  }

  /** The shape of one input image. */
  public Shape input() {
    return operators.get(0).input();
  }

  /** The number of classes: the channels behind the last operator. */
  public int classes() {
    return operators.get(operators.size() - 1).outputChannels();
  }

  /** Trained numbers, the scale and shift of batch normalisation included. */
  public long parameters() {
    return operators.stream().mapToLong(Operator::parameters).sum();
  }

  /** Multiply-accumulates for one image. */
  public long macs() {
    return operators.stream().mapToLong(Operator::macs).sum();
  }
}
