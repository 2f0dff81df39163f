package org.proxyless.search.supernet.graph;

import java.util.Map;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.Layer;

/** The greatest or the mean of each window, channel by channel. */
final class WindowPool extends TrainingLayer {
  private final Layer.Pool pool;
  private final boolean greatest;
  private String x;
  private String pooled;

  WindowPool(Layer.Pool pool, Site site) {
    super(site);
    this.pool = pool;
    this.greatest = pool instanceof Layer.MaxPool;
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
        .attribute("ksize", new long[] {1, pool.kernel(), pool.kernel(), 1})
        .attribute("strides", new long[] {1, pool.stride(), pool.stride(), 1})
        .attribute("padding", "SAME")
        .add();
  }
}
