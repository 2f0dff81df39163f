package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.proxyless.base.InvalidInputException;

/**
 * How a network that was found is trained. Whatever is null is as usual.
 *
 * @param kind what it starts from, and for how long
 * @param labelSmoothing share of each label that is spread over all classes
 * @param classWeights how much images count by their class
 * @param cutout side of the square that is blanked out of each image, in pixels
 * @param mixup α of mixup
 * @param cutmix α of CutMix
 * @param distillation share of the loss by which it learns from the largest network of the supernet
 * @param averageDecay of the exponential average of weights that is the result
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecipeSettings(
    RecipeKind kind,
    Double labelSmoothing,
    ClassWeights classWeights,
    Integer cutout,
    Double mixup,
    Double cutmix,
    Double distillation,
    Double averageDecay) {

  /** Checks the values. */
  public RecipeSettings {
    Rules.share("--label-smoothing", labelSmoothing);
    Rules.atLeast("--cutout", 1, cutout);
    Rules.positiveUpTo1("--mixup", mixup);
    Rules.positiveUpTo1("--cutmix", cutmix);
    Rules.positiveUpTo1("--distil", distillation);
    Rules.share("--average", averageDecay);
    if (mixup != null && cutmix != null) {
      throw new InvalidInputException(
          "--mixup is " + mixup + " and --cutmix " + cutmix + "; give one of the two.");
    }
  }

  /** Null if nothing is asked for. */
  public RecipeSettings orNull() {
    return equals(new RecipeSettings(null, null, null, null, null, null, null, null)) ? null : this;
  }

  /** Whether a network begins with fresh weights although there are others. */
  public boolean fromScratch() {
    return kind == RecipeKind.FULL;
  }

  /** Refuses to learn from a supernet where there is none, or no time is known for it. */
  void requireFit(EstimateSettings estimate, Long timeLimitSeconds) {
    if (distillation != null && fromScratch() && timeLimitSeconds != null) {
      throw new InvalidInputException(
          "--distil is "
              + distillation
              + "; with --recipe full its steps take longer than --time-limit plans: leave one of the"
              + " three out.");
    }
    if (distillation != null && estimate != null && !estimate.kind().needsSharedWeights()) {
      throw new InvalidInputException(
          "--distil is "
              + distillation
              + "; with --estimate "
              + estimate.kind()
              + " there is no supernet to learn from: leave one of the two out.");
    }
  }
}
