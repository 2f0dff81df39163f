package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;
import org.proxyless.search.data.Batch;

/** A space small enough for plain loops, with every kind of block: fixed, strided, skippable. */
public final class Toy {
  public static final int BATCH = 4;
  static final int CLASSES = 3;
  static final Shape INPUT = new Shape(7, 7, 2);

  private Toy() {}

  public static List<List<Operator>> blocks() {
    List<List<Operator>> blocks = new ArrayList<>();
    blocks.add(List.of(new Operator(new Conv(3), INPUT, 4, 1, false)));
    Shape first = new Shape(7, 7, 4);
    blocks.add(
        List.of(
            new Operator(new MBConv(3, 2), first, 6, 2, false),
            new Operator(new MBConv(5, 1), first, 6, 2, false),
            new Operator(new MBConv(5, 3), first, 6, 2, false)));
    Shape second = new Shape(4, 4, 6);
    for (int i = 0; i < 2; i++) {
      blocks.add(
          List.of(
              new Operator(new MBConv(3, 2), second, 6, 1, true),
              new Operator(new MBConv(5, 2), second, 6, 1, true),
              new Operator(new Zero(), second, 6, 1, true)));
    }
    blocks.add(List.of(new Operator(new Classifier(), second, CLASSES, 1, false)));
    return blocks;
  }

  /** The blocks of one path, each with its one operator. */
  static List<List<Operator>> alone(int... path) {
    List<List<Operator>> blocks = new ArrayList<>();
    int edge = 0;
    for (List<Operator> block : blocks()) {
      blocks.add(List.of(block.size() == 1 ? block.get(0) : block.get(path[edge++])));
    }
    return blocks;
  }

  /** A supernet none of whose scales is 0, as fresh ones beside shortcuts are. */
  static Supernet supernet(Supernet.Settings settings) {
    return scaled(new Supernet(blocks(), settings, new SplittableRandom(1)));
  }

  /** The same, but candidates have their weights together. */
  static Supernet nested(Supernet.Settings settings) {
    return scaled(Supernet.nested(blocks(), settings, new SplittableRandom(1)));
  }

  /** The same blocks, to be mixed. */
  static MixtureSupernet mixture(Supernet.Settings settings) {
    return scaled(new MixtureSupernet(blocks(), settings, new SplittableRandom(1)));
  }

  private static <S extends Supernet> S scaled(S supernet) {
    SplittableRandom random = new SplittableRandom(2);
    for (int candidate = 0; candidate < 3; candidate++) {
      int[] path = {candidate, candidate, candidate};
      NetworkWeights weights = supernet.weights(path);
      weights
          .all()
          .forEach(
              (key, values) -> {
                for (int i = 0; i < values.length && key.part() == Part.SCALE; i++) {
                  values[i] = (float) random.nextDouble(0.5, 1.5);
                }
              });
      supernet.assign(path, weights);
    }
    return supernet;
  }

  static float[] images(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[BATCH * (int) INPUT.elements()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
    }
    return images;
  }

  public static Batch batch(long seed) {
    return new Batch(images(seed), labels(), BATCH);
  }

  static int[] labels() {
    return new int[] {0, 1, 2, 1};
  }
}
