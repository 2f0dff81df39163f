package org.proxyless.search.supernet.graph;

import java.util.Map;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.NetworkWeights.Part;

/**
 * Squeeze and excitation: y = x · s, a factor for each image and channel, s = hardSigmoid(V·h + c),
 * h = relu(W·m + b), m the mean of x over the pixels.
 *
 * <p>Backward: ∂s = Σ ∂y · x over the pixels, from there through both matrices to ∂m, and ∂x = ∂y ·
 * s + ∂m / pixels.
 */
final class SqueezeLayer extends TrainingLayer {
  private String x;
  private String means;
  private String hidden;
  private String limited;
  private String factors;

  SqueezeLayer(Site site) {
    super(site);
  }

  @Override
  String forward(String x) {
    this.x = x;
    means = pixelMean(x);
    hidden =
        site.start("Relu", "hidden")
            .input(dense("narrow", means, Part.SQUEEZE, Part.SQUEEZE_BIAS))
            .floats()
            .add();
    String excited = dense("wide", hidden, Part.EXCITATION, Part.EXCITATION_BIAS);
    limited = HardActivations.relu6Of3More(site, excited);
    factors = spread("factors", HardActivations.sixth(site, "one-sixth", limited));
    return multiply("scaled", x, factors);
  }

  @Override
  Gradients backward(String outputGradient, boolean inputGradientNeeded) {
    String ofFactors =
        site.start("Sum", "factors-grad")
            .input(multiply("product", outputGradient, x), site.graph().sizes(1, 2))
            .floats()
            .add();
    String ofExcited =
        site.start("Relu6Grad", "excited-grad")
            .input(HardActivations.sixth(site, "sixth-grad", ofFactors), limited)
            .floats()
            .add();
    String ofHidden = inputGradient("hidden-grad", ofExcited, Part.EXCITATION);
    String ofSqueezed =
        site.start("ReluGrad", "squeezed-grad").input(ofHidden, hidden).floats().add();
    Map<Part, String> parts =
        Map.of(
            Part.EXCITATION, matrixGradient("wide", hidden, ofExcited),
            Part.EXCITATION_BIAS, biasGradient("wide", ofExcited),
            Part.SQUEEZE, matrixGradient("narrow", means, ofSqueezed),
            Part.SQUEEZE_BIAS, biasGradient("narrow", ofSqueezed));
    if (!inputGradientNeeded) {
      return new Gradients(null, parts);
    }
    String ofMeans = inputGradient("means-grad", ofSqueezed, Part.SQUEEZE);
    String pixel = site.graph().writer().scalar(site.node("pixel"), 1f / site.input().pixels());
    String byMeans = spread("means-share", multiply("means-part", ofMeans, pixel));
    String direct = multiply("direct-grad", outputGradient, factors);
    String input = site.start("AddV2", "input-grad").input(direct, byMeans).floats().add();
    return new Gradients(input, parts);
  }

  private String pixelMean(String x) {
    return site.start("Mean", "means").input(x, site.graph().sizes(1, 2)).floats().add();
  }

  private String dense(String name, String input, Part matrix, Part bias) {
    String product = product(name, input, site.weights().apply(matrix)).add();
    return site.start("BiasAdd", name + "/biased")
        .input(product, site.weights().apply(bias))
        .floats()
        .add();
  }

  private String inputGradient(String name, String outputGradient, Part matrix) {
    return product(name, outputGradient, site.weights().apply(matrix))
        .attribute("transpose_b", true)
        .add();
  }

  private String matrixGradient(String name, String input, String outputGradient) {
    return product(name + "/matrix-grad", input, outputGradient)
        .attribute("transpose_a", true)
        .add();
  }

  private String biasGradient(String name, String outputGradient) {
    return site.start("BiasAddGrad", name + "/bias-grad").input(outputGradient).floats().add();
  }

  private GraphWriter.Node product(String name, String a, String b) {
    return site.start("MatMul", name).input(a, b).floats();
  }

  private String multiply(String name, String a, String b) {
    return site.start("Mul", name).input(a, b).floats().add();
  }

  /** [batch, channels] → [batch, 1, 1, channels], which arithmetic spreads over the pixels. */
  private String spread(String name, String tensor) {
    TrainingGraph graph = site.graph();
    String sizes = graph.sizes(graph.batchSize(), 1, 1, site.input().channels());
    return site.start("Reshape", name).input(tensor, sizes).floats().add();
  }
}
