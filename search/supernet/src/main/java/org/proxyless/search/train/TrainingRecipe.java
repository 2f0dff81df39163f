package org.proxyless.search.train;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.supernet.SoftTargets;

/**
 * How the training of one network differs from plain cross-entropy on the batches as they come.
 * What is drawn for a step follows from the seed and the step's number alone, so a training that
 * was cut short goes on the same way.
 *
 * @param labelSmoothing share of each label that is spread over all classes
 * @param cutoutPixels side of the square that is blanked out of each image; 0 for none
 * @param mixup α of mixup, above 0 and at most 1; 0 for none
 * @param cutmix α of CutMix; 0 for none, and where there is mixup
 * @param classWeights how much an image of each class counts in the loss; empty where all count
 *     alike
 * @param teacher that the network learns from, besides the labels
 * @param teacherShare of the loss that is the teacher's, 0 to 1
 * @param averageDecay of the exponential average of weights that is the result; 0 for the last
 *     weights
 * @param seed of what is drawn
 */
public record TrainingRecipe(
    double labelSmoothing,
    int cutoutPixels,
    double mixup,
    double cutmix,
    Optional<double[]> classWeights,
    Optional<Teacher> teacher,
    double teacherShare,
    double averageDecay,
    long seed)
    implements AutoCloseable {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** A batch as a step is to see it. */
  record Prepared(Batch batch, SoftTargets targets) {}

  /** Plain training. */
  public static TrainingRecipe plain(double labelSmoothing) {
    return new TrainingRecipe(labelSmoothing, 0, 0, 0, Optional.empty(), Optional.empty(), 0, 0, 0);
  }

  /** Whether a step is fed anything but the batch and smoothed labels. */
  boolean isPlain() {
    return cutoutPixels == 0
        && mixup == 0
        && cutmix == 0
        && classWeights.isEmpty()
        && teacher.isEmpty();
  }

  /**
   * Changes a batch, which stays as it is itself.
   *
   * <p>The loss of an image is Σ_j s_j w_j · H(q_j, p) over the images j that were mixed, with
   * their shares s, the weights w of their classes and smoothed labels q; as cross-entropy is
   * linear in the labels, that is w·H(q, p) with w = Σ s_j w_j and q = Σ s_j w_j q_j / w. A
   * teacher's share a makes q to (1 − a) q + a·p_teacher.
   */
  Prepared prepare(Batch batch, Shape shape, int classes, long step) {
    int size = batch.size();
    RandomGenerator random = new SplittableRandom(seed + GOLDEN_GAMMA * (step + 1));
    float[] images = batch.images().clone();
    if (cutoutPixels > 0) {
      Mixing.cutout(images, size, shape, cutoutPixels, random);
    }
    Optional<Mixing> mixing = Optional.empty();
    if (mixup > 0) {
      mixing = Optional.of(Mixing.mixup(images, size, mixup, random));
    } else if (cutmix > 0) {
      mixing = Optional.of(Mixing.cutmix(images, size, shape, cutmix, random));
    }
    float[] weights = new float[size];
    float[] targets = targets(batch.labels(), mixing, classes, weights);
    if (teacher.isPresent()) {
      float[] taught = teacher.get().probabilities(images, size);
      for (int i = 0; i < targets.length; i++) {
        targets[i] = (float) ((1 - teacherShare) * targets[i] + teacherShare * taught[i]);
      }
    }
    return new Prepared(
        new Batch(images, batch.labels(), size),
        new SoftTargets(targets, classWeights.isPresent() ? weights : null));
  }

  /** The distributions q; sets the weights w. */
  private float[] targets(int[] labels, Optional<Mixing> mixing, int classes, float[] weights) {
    float[] targets = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      double share = mixing.map(Mixing::share).orElse(1.0);
      int other = labels[mixing.isPresent() ? mixing.get().partners()[i] : i];
      double own = share * weight(labels[i]);
      double others = (1 - share) * weight(other);
      double sum = own + others;
      for (int c = 0; c < classes; c++) {
        double q =
            labelSmoothing / classes
                + (1 - labelSmoothing)
                    * ((c == labels[i] ? own : 0) + (c == other ? others : 0))
                    / sum;
        targets[i * classes + c] = (float) q;
      }
      weights[i] = (float) sum;
    }
    return targets;
  }

  private double weight(int label) {
    return classWeights.map(weights -> weights[label]).orElse(1.0);
  }

  /**
   * Weights by which every class counts as much as any other, w_c = N/(K·n_c) with N images of K
   * classes that have any, whose mean over the images is 1; 1 for a class without images.
   *
   * @param counts images of each class
   */
  public static double[] balanced(int[] counts) {
    double images = 0;
    int present = 0;
    for (int count : counts) {
      images += count;
      present += count > 0 ? 1 : 0;
    }
    double[] weights = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = counts[c] == 0 ? 1 : images / (present * (double) counts[c]);
    }
    return weights;
  }

  @Override
  public void close() {
    teacher.ifPresent(Teacher::close);
  }
}
