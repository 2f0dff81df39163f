package org.proxyless.search.supernet;

import java.util.Map;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.latency.Layer;

/** The greatest or the mean of each window, channel by channel. */
final class WindowPool extends TrainingLayer {
  private final boolean greatest;
  private final int kernel;
  private final int stride;
  private String x;
  private String pooled;

  private WindowPool(boolean greatest, int kernel, int stride, Site site) {
    super(site);
    this.greatest = greatest;
    this.kernel = kernel;
    this.stride = stride;
  }

  static WindowPool greatest(Layer.MaxPool pool, Site site) {
    return new WindowPool(true, pool.kernel(), pool.stride(), site);
  }

  static WindowPool mean(Layer.AveragePool pool, Site site) {
    return new WindowPool(false, pool.kernel(), pool.stride(), site);
  }

  @Override
  String forward(String x) {
    this.x = x;
    pooled = window(site.start(greatest ? "MaxPool" : "AvgPool", "pool").input(x));
    return pooled;
  }

  @Override
  Gradients backward(String outputGradient, boolean inputGradientNeeded) {
    if (!inputGradientNeeded) {
      return new Gradients(null, Map.of());
    }
    GraphWriter.Node gradient =
        greatest
            ? site.start("MaxPoolGrad", "pool-grad").input(x, pooled, outputGradient)
            : site.start("AvgPoolGrad", "pool-grad").input(site.inputSizes(), outputGradient);
    return new Gradients(window(gradient), Map.of());
  }

  private String window(GraphWriter.Node node) {
    return node.floats()
        .attribute("ksize", new long[] {1, kernel, kernel, 1})
        .attribute("strides", new long[] {1, stride, stride, 1})
        .attribute("padding", "SAME")
        .add();
  }
}
