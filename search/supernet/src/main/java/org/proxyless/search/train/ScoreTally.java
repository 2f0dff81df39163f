package org.proxyless.search.train;

import java.util.function.ToDoubleFunction;
import org.proxyless.search.strategy.PathScore;

/**
 * Sums up how batches were classified, to a score other than the accuracy. Where a {@link
 * PathScore} has the accuracy it then has this.
 */
public final class ScoreTally {
  private final ToDoubleFunction<Evaluation> score;
  private final int[][] confusion;
  private double loss;
  private int images;

  /**
   * @param score of all images together; 0 where it is NaN
   */
  public ScoreTally(int classes, ToDoubleFunction<Evaluation> score) {
    this.score = score;
    this.confusion = new int[classes][classes];
  }

  /**
   * Adds a batch.
   *
   * @param meanLoss of its images
   * @param labels [size]
   * @param predicted [size]
   */
  public void add(double meanLoss, int[] labels, int[] predicted) {
    loss += meanLoss * labels.length;
    images += labels.length;
    for (int i = 0; i < labels.length; i++) {
      confusion[labels[i]][predicted[i]]++;
    }
  }

  /** The mean loss and the score of everything that was added. */
  public PathScore score() {
    double value = score.applyAsDouble(new Evaluation(confusion));
    return new PathScore(loss / images, Double.isNaN(value) ? 0 : value);
  }
}
