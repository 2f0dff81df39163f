package org.proxyless.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.search.job.result.SearchResult;

/** Lesson 4: a candidate operator of your own. */
public final class Sample04OwnOperator {
  private Sample04OwnOperator() {}

  /**
   * Depthwise convolution, then 1×1 without an activation. A public record with components of
   * {@code int}: a space's file names the class in full, and the components as keys. Training,
   * pricing, measuring and export follow from its layers; there is nothing to register.
   *
   * @param kernel side of the window
   */
  public record SeparableConv(int kernel) implements OperatorType {
    @Override
    public List<Layer> layers(Shape input, int outputChannels, int stride) {
      return List.of(
          new Layer.DepthwiseConvolution(kernel, stride, Activation.RELU6),
          new Layer.Convolution(1, 1, outputChannels, Activation.LINEAR));
    }

    @Override
    public String label() {
      return "Separable " + kernel + "×" + kernel;
    }
  }

  /** Searches into the folder of the first argument, or into a temporary one. */
  public static void main(String[] args) throws IOException {
    search(Lesson.folder(args));
  }

  static SearchResult search(Path folder) throws IOException {
    // own-operator.yaml: {type: org.proxyless.samples.Sample04OwnOperator$SeparableConv, kernel: 5}
    // The search decides where the operator is worth its latency, if anywhere.
    return Lesson.run(Lesson.shortSearch("own-operator.yaml", folder));
  }
}
