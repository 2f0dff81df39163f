package org.proxyless.search.supernet.graph;

import java.util.Map;
import org.proxyless.network.Activation;

/** An activation, element by element. */
final class ActivatedLayer extends TrainingLayer {
  private final Activation activation;
  private String x;
  private String output;
  private String limited;

  ActivatedLayer(Activation activation, Site site) {
    super(site);
    this.activation = activation;
  }

  @Override
  String forward(String x) {
    this.x = x;
    output =
        switch (activation) {
          case LINEAR -> x;
          case RELU -> site.start("Relu", "relu").input(x).floats().add();
          case RELU6 -> site.start("Relu6", "relu6").input(x).floats().add();
          case HARD_SIGMOID -> {
            limited = HardActivations.relu6Of3More(site, x);
            yield HardActivations.sixth(site, "hard-sigmoid", limited);
          }
          case HARD_SWISH -> {
            limited = HardActivations.relu6Of3More(site, x);
            yield HardActivations.sixth(site, "hard-swish", multiply("times", x, limited));
          }
        };
    return output;
  }

  private String multiply(String suffix, String a, String b) {
    return site.start("Mul", suffix).input(a, b).floats().add();
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
          case HARD_SIGMOID ->
              limitedGradient(HardActivations.sixth(site, "sixth-grad", outputGradient));
          case HARD_SWISH -> {
            String sixth = HardActivations.sixth(site, "sixth-grad", outputGradient);
            String ofLimited = limitedGradient(multiply("limited-grad", sixth, x));
            String direct = multiply("direct-grad", sixth, limited);
            yield site.start("AddV2", "swish-grad").input(direct, ofLimited).floats().add();
          }
        };
    return new Gradients(gradient, Map.of());
  }

  private String limitedGradient(String gradient) {
    return site.start("Relu6Grad", "relu6-grad").input(gradient, limited).floats().add();
  }
}
