package org.proxyless.search.strategy.gradient;

import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.LookAhead;
import org.proxyless.search.strategy.MixtureWeights;

/**
 * The gradient of the validation loss after one step of the weights, to the mixture that this step
 * was taken at (Liu et al., DARTS, 2019, equations 6 to 8): dL_val(w'(z), z)/dz ≈ ∂L_val(w', z)/∂z
 * − rate·(∂L_train(w + R·v, z)/∂z − ∂L_train(w − R·v, z)/∂z)/(2R), where v = ∂L_val/∂w' and R =
 * 0.01/‖v‖.
 */
final class UnrolledGradient {
  private static final double SHIFT = 0.01;

  private UnrolledGradient() {}

  static GateGradients of(
      MixtureWeights weights, double[][] mixture, Batch training, Batch validation, double rate) {
    LookAhead ahead = weights.lookAhead(mixture, training, validation, rate);
    double[][] direct = ahead.gradients().values();
    if (ahead.directionNorm() == 0) { // the validation loss does not depend on the weights here
      return ahead.gradients();
    }
    double shift = SHIFT / ahead.directionNorm();
    double[][] up = weights.shiftedGradients(mixture, training, shift);
    double[][] down = weights.shiftedGradients(mixture, training, -shift);
    double[][] total = new double[direct.length][];
    for (int e = 0; e < total.length; e++) {
      total[e] = direct[e].clone();
      for (int c = 0; c < total[e].length; c++) {
        total[e][c] -= rate * (up[e][c] - down[e][c]) / (2 * shift);
      }
    }
    return new GateGradients(ahead.gradients().score(), total);
  }
}
