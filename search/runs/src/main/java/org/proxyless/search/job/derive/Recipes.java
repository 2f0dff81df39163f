package org.proxyless.search.job.derive;

import java.util.Optional;
import java.util.function.Supplier;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.run.settings.RecipeSettings;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.Teacher;
import org.proxyless.search.train.TrainingRecipe;

/** Makes the recipe that the settings ask for. */
public final class Recipes {
  private Recipes() {}

  /**
   * Makes one.
   *
   * @param settings null for the usual one
   * @param seed of what is drawn
   * @param teacher made only if it is asked for; closed with the recipe
   */
  public static TrainingRecipe of(
      RecipeSettings settings, long seed, Dataset dataset, Supplier<Teacher> teacher) {
    double smoothing = Supernet.Settings.DEFAULT_LABEL_SMOOTHING;
    if (settings == null) {
      return TrainingRecipe.plain(smoothing);
    }
    return new TrainingRecipe(
        settings.labelSmoothing() == null ? smoothing : settings.labelSmoothing(),
        settings.cutout() == null ? 0 : settings.cutout(),
        orZero(settings.mixup()),
        orZero(settings.cutmix()),
        settings.classWeights() == null
            ? Optional.empty()
            : Optional.of(TrainingRecipe.balanced(dataset.train().classCounts())),
        settings.distillation() == null ? Optional.empty() : Optional.of(teacher.get()),
        orZero(settings.distillation()),
        orZero(settings.averageDecay()),
        seed);
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }
}
