package org.proxyless.search.supernet;

import java.util.Map;
import org.proxyless.latency.Activation;

/** An activation, element by element. */
final class ActivatedLayer extends TrainingLayer {
  private final Activation activation;
  private String output;

  ActivatedLayer(Activation activation, Site site) {
    super(site);
    this.activation = activation;
  }

  @Override
  String forward(String x) {
    output =
        switch (activation) {
          case LINEAR -> x;
          case RELU -> site.start("Relu", "relu").input(x).floats().add();
          case RELU6 -> site.start("Relu6", "relu6").input(x).floats().add();
        };
    return output;
  }

  @Override
  Gradients backward(String outputGradient, boolean inputGradientNeeded) {
    if (!inputGradientNeeded) {
      return new Gradients(null, Map.of());
    }
    String gradient =
        switch (activation) {
          case LINEAR -> outputGradient;
          case RELU ->
              site.start("ReluGrad", "relu-grad").input(outputGradient, output).floats().add();
          case RELU6 ->
              site.start("Relu6Grad", "relu6-grad").input(outputGradient, output).floats().add();
        };
    return new Gradients(gradient, Map.of());
  }
}
