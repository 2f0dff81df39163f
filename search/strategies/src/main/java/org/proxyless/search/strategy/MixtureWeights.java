package org.proxyless.search.strategy;

import org.proxyless.search.data.Batch;

/**
 * The weights w of a supernet whose edges can give a mixture of their candidates, Σ z_k·o_k(x). A
 * mixture is [edge][candidate]; its shares z need not sum to 1.
 */
public interface MixtureWeights extends WeightTrainer {
  /** Trains all weights at a mixture on a batch. */
  PathScore trainWeights(double[][] mixture, Batch training, double learningRate);

  /** The loss on a batch and ∂L/∂z = Σ ∂L/∂y ⊙ o(x). */
  GateGradients mixtureGradients(double[][] mixture, Batch validation);

  /**
   * The validation loss and its gradients at w' = w − rate·(momentum + ∂L_train/∂w + decay·w), the
   * weights after one step on a training batch. Weights and momentum stay as they are; the
   * direction v = ∂L_validation/∂w' is remembered for {@link #shiftedGradients}.
   */
  LookAhead lookAhead(double[][] mixture, Batch training, Batch validation, double learningRate);

  /**
   * ∂L_train/∂z at w + distance·v, v being the direction of the last {@link #lookAhead}. The
   * weights stay as they are.
   */
  double[][] shiftedGradients(double[][] mixture, Batch training, double distance);
}
