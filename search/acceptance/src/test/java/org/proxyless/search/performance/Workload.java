package org.proxyless.search.performance;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.supernet.Supernet;

/** What the benchmarks train: the paper's space, or another, with 10 classes on images of noise. */
@State(Scope.Benchmark)
public class Workload {
  static final int CLASSES = 10;
  static final int USUAL_RESOLUTION = 64;
  static final double LEARNING_RATE = 0.01;

  /** A space by its name. */
  @Param("proxyless-imagenet")
  public String space;

  /** Images a step. */
  @Param("32")
  public int batch;

  /** Height and width of the images. */
  @Param("64")
  public int resolution;

  /** Threads that a step may use. */
  @Param("2")
  public int threads;

  /** Whose the candidates' weights are: {@code nested} or {@code own}. */
  @Param("nested")
  public String weights;

  /** File of paths to use in turn, see {@link RecordedPaths}; by default some are drawn. */
  @Param("")
  public String paths;

  static SearchSpace space(int resolution) {
    return SearchSpaces.load(
        "proxyless-imagenet", 1, new Shape(resolution, resolution, 3), CLASSES);
  }

  SearchSpace space() {
    return SearchSpaces.load(space, 1, new Shape(resolution, resolution, 3), CLASSES);
  }

  Supernet supernet() {
    BlockGraph blocks = space().graph();
    return CandidateWeights.NESTED.toString().equals(weights)
        ? Supernet.nested(blocks, settings(), new SplittableRandom(1))
        : new Supernet(blocks, settings(), new SplittableRandom(1));
  }

  /** The network of a path, built alone. */
  Supernet alone(int[] path) {
    return Supernet.of(space().network(path), settings(), new SplittableRandom(1));
  }

  private Supernet.Settings settings() {
    return new Supernet.Settings(batch, threads);
  }

  RecordedPaths recordedPaths() {
    return RecordedPaths.of(paths, space().graph());
  }

  Batch images() {
    SplittableRandom random = new SplittableRandom(2);
    float[] images = new float[batch * 3 * resolution * resolution];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return new Batch(images, random.ints(batch, 0, CLASSES).toArray(), batch);
  }
}
