package org.proxyless.search.cli.options;

import org.proxyless.search.run.settings.ClassWeights;
import org.proxyless.search.run.settings.RecipeKind;
import org.proxyless.search.run.settings.RecipeSettings;
import picocli.CommandLine.Option;

/** How a network that was found is trained. */
public final class RecipeOptions {
  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description =
          "How the network is trained: quick, from the supernet's weights, or full, from fresh ones"
              + " for 300 epochs unless another number is given.")
  private RecipeKind kind;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "Share of each label that is spread over all classes (default: 0.1).")
  private Double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "HOW",
      description =
          "For uneven data: ${COMPLETION-CANDIDATES} makes images count the less, the more their"
              + " class has (default: all count alike).")
  private ClassWeights classWeights;

  @Option(
      names = "--cutout",
      paramLabel = "PIXELS",
      description = "Blanks a square with this side out of each training image (default: none).")
  private Integer cutout;

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description = "Mixes training images and their labels, like 0.2 (default: no).")
  private Double mixup;

  @Option(
      names = "--cutmix",
      paramLabel = "ALPHA",
      description = "Puts a box of another image into each, like 1 (default: no).")
  private Double cutmix;

  @Option(
      names = "--distil",
      paramLabel = "SHARE",
      description =
          "Share of the loss by which it learns from the supernet's largest network, like 0.5"
              + " (default: none).")
  private Double distillation;

  @Option(
      names = "--average",
      paramLabel = "DECAY",
      description =
          "Takes the exponential average of the weights as the result, like 0.999 (default: the last"
              + " weights).")
  private Double averageDecay;

  /** What was asked for; null if nothing was. */
  public RecipeSettings orNull() {
    return new RecipeSettings(
            kind, labelSmoothing, classWeights, cutout, mixup, cutmix, distillation, averageDecay)
        .orNull();
  }
}
