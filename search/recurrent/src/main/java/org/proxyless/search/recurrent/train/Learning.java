package org.proxyless.search.recurrent.train;

import org.proxyless.base.InvalidInputException;

/**
 * How a language model learns.
 *
 * @param streams rows of a batch
 * @param steps tokens of a window, how far back in time gradients go
 * @param clip the most that the norm of all gradients may be
 * @param weightDecay of all weights
 * @param activationPenalty weight of the mean square of what the decoder is given (AR)
 * @param slownessPenalty weight of the mean square of how outputs change from token to token (TAR)
 * @param dropouts what is left out
 * @param threads that a step may use
 */
public record Learning(
    int streams,
    int steps,
    double clip,
    double weightDecay,
    double activationPenalty,
    double slownessPenalty,
    Dropouts dropouts,
    int threads) {
  /** Of DARTS. */
  public static final double DEFAULT_CLIP = 0.25;

  /** Of DARTS's final training, and of enas_lm's search. */
  public static final double DEFAULT_WEIGHT_DECAY = 8e-7;

  /** Of DARTS. */
  public static final double DEFAULT_SLOWNESS = 1e-3;

  /** Of DARTS. */
  public static final int DEFAULT_STEPS = 35;

  /**
   * Shares that are left out (Gal and Ghahramani, 2016; Merity et al., 2018). Each mask stays the
   * same over a window; what stays is divided by its share.
   *
   * @param tokens whole tokens of the embedding, e
   * @param embedding of what is embedded, i
   * @param input of what the cell is given, x
   * @param recurrent of the last state and of what each node is given, h
   * @param output of what the decoder is given
   */
  public record Dropouts(
      double tokens, double embedding, double input, double recurrent, double output) {
    /** Nothing is left out. */
    public static final Dropouts NONE = new Dropouts(0, 0, 0, 0, 0);

    /** Of DARTS's search. */
    public static final Dropouts DARTS_SEARCH = new Dropouts(0, 0.2, 0.75, 0.25, 0.75);

    /** Of DARTS's final training. */
    public static final Dropouts DARTS = new Dropouts(0.1, 0.2, 0.75, 0.25, 0.75);

    /** Of enas_lm's final training. */
    public static final Dropouts ENAS_LM = new Dropouts(0.125, 0.175, 0.725, 0.225, 0.75);

    public Dropouts {
      for (double rate : new double[] {tokens, embedding, input, recurrent, output}) {
        if (!(rate >= 0 && rate < 1)) {
          throw new InvalidInputException(
              "a dropout is " + rate + "; it must be at least 0 and below 1.");
        }
      }
    }
  }

  public Learning {
    if (streams < 1 || steps < 2 || threads < 1 || !(clip > 0)) {
      throw new IllegalArgumentException(
          streams + " streams, " + steps + " steps, " + threads + " threads, clip " + clip);
    }
  }

  /** The papers' penalties and clipping. */
  public static Learning of(int streams, int steps, Dropouts dropouts, int threads) {
    return new Learning(
        streams, steps, DEFAULT_CLIP, DEFAULT_WEIGHT_DECAY, 0, DEFAULT_SLOWNESS, dropouts, threads);
  }
}
