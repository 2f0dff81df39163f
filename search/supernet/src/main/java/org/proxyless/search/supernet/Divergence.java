package org.proxyless.search.supernet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.network.BlockGraph;
import org.proxyless.search.supernet.graph.CandidatePart;
import org.proxyless.search.supernet.graph.TrainingGraph;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** Finds out where numbers that are not finite began. */
final class Divergence {
  private static final Pattern CHECKED = Pattern.compile(TrainingGraph.CHECK + "(\\S+)");

  private final List<BlockGraph.Block> blocks;
  private final TrainingGraph layout;
  private final Supplier<float[]> images;
  private final Function<String, float[]> forward;

  /**
   * @param images of the step that went wrong
   * @param forward tells any other tensor of that step, run forward once more
   */
  Divergence(
      BlockGraph blocks,
      TrainingGraph layout,
      Supplier<float[]> images,
      Function<String, float[]> forward) {
    this.blocks = blocks.blocks();
    this.layout = layout;
    this.images = images;
    this.forward = forward;
  }

  static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** What a check of the graph found in a weight step, or the failure itself if it was no check. */
  RuntimeException of(TFInvalidArgumentException failure, Ran ran) {
    Matcher checked = CHECKED.matcher(failure.getMessage());
    if (!checked.find()) {
      return failure;
    }
    return checked.group(1).equals(TrainingGraph.LOSS)
        ? ofLoss(ran)
        : ofGradient(checked.group(1), ran);
  }

  /** The loss is not finite; the weights are still those that it was computed with. */
  DivergedException ofLoss(Ran ran) {
    return new DivergedException(
        "the loss is not finite on " + ran.description() + "; it began in " + origin(ran));
  }

  private String origin(Ran ran) {
    if (!isFinite(images.get())) {
      return "the images of the batch";
    }
    for (int b = 0; b < blocks.size(); b++) {
      if (!isFinite(forward.apply(layout.blockOutput(b)))) {
        return block(b, ran);
      }
    }
    return "the loss itself";
  }

  private DivergedException ofGradient(String name, Ran ran) {
    CandidatePart part =
        layout.parts().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    return new DivergedException(
        "a gradient is not finite on "
            + ran.description()
            + "; it began in layer "
            + part.layer()
            + " ("
            + part.part().name().toLowerCase(Locale.ROOT)
            + ") of "
            + block(part.block(), part.candidate()));
  }

  /** The gate gradients of an architecture step are not finite, though its loss is. */
  DivergedException ofGates(double[][] gradients, Ran ran) {
    int last = 0; // gradients come from behind
    for (int e = 0; e < gradients.length; e++) {
      last = Arrays.stream(gradients[e]).allMatch(Double::isFinite) ? last : e;
    }
    return new DivergedException(
        "a gate's gradient is not finite on " + ran.description() + "; it began in edge " + last);
  }

  /** A block, with what was active in it where that was one candidate. */
  private String block(int block, Ran ran) {
    boolean chosen = blocks.get(block).isChoice();
    if (chosen && ran.path().length == 0) {
      return "block " + block;
    }
    return block(block, chosen ? ran.path()[blocks.get(block).decision()] : 0);
  }

  private String block(int block, int candidate) {
    return "block " + block + ", " + blocks.get(block).candidates().get(candidate).key();
  }
}
