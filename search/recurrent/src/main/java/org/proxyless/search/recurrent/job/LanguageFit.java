package org.proxyless.search.recurrent.job;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.search.recurrent.text.TokenWindows;
import org.proxyless.search.recurrent.train.LanguageTraining;

/**
 * Trains one model with stochastic gradient descent at one rate, and averages its weights once
 * validation is worse than it was five evaluations before (Merity et al., 2018, algorithm 1), or
 * for the last three tenths of the steps. Averages are what is validated from then on.
 */
final class LanguageFit {
  private static final int EVALUATIONS = 20;
  private static final int PATIENCE = 5;
  private static final double AVERAGES_FROM = 0.7;
  private static final int MOST_WINDOWS = 40;

  private final LanguageTraining model;
  private final TokenWindows training;
  private final TokenWindows validation;
  private final int steps;
  private final double rate;
  private final List<Double> validated = new ArrayList<>();
  private int step;

  LanguageFit(
      LanguageTraining model,
      TokenWindows training,
      TokenWindows validation,
      int steps,
      double rate) {
    this.model = model;
    this.training = training;
    this.validation = validation;
    this.steps = steps;
    this.rate = rate;
  }

  int done() {
    return step;
  }

  /** One step; returns its loss of a token, in nats. */
  double step() {
    double loss = model.train(training.window(step), rate, step);
    step++;
    if (averages()) {
      model.average();
    }
    if (hasJustValidated()) {
      validated.add(validationLoss());
    }
    return loss;
  }

  /** Whether the last step ended with a validation. */
  boolean hasJustValidated() {
    return step % interval() == 0 || step == steps;
  }

  private int interval() {
    return Math.max(1, steps / EVALUATIONS);
  }

  private boolean averages() {
    int last = validated.size() - 1;
    return model.isAveraging()
        || step > AVERAGES_FROM * steps
        || (last >= PATIENCE
            && validated.get(last)
                > validated.subList(0, last - PATIENCE + 1).stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElseThrow());
  }

  private double validationLoss() {
    return model.averagedLoss(validation, Math.min(MOST_WINDOWS, validation.perEpoch()));
  }

  /** The last validation loss of a token, in nats; NaN before the first. */
  double validated() {
    return validated.isEmpty() ? Double.NaN : validated.get(validated.size() - 1);
  }

  /** Takes the better of the weights and their averages for good. */
  void finish() {
    int windows = Math.min(MOST_WINDOWS, validation.perEpoch());
    if (model.isAveraging()
        && model.averagedLoss(validation, windows) < model.loss(validation, windows)) {
      model.useAverages();
    }
  }

  double[] history() {
    return validated.stream().mapToDouble(Double::doubleValue).toArray();
  }

  void restore(int done, double[] history) {
    step = done;
    for (double loss : history) {
      validated.add(loss);
    }
  }
}
