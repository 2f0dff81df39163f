package org.proxyless.search.supernet.graph;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/**
 * The one place that says which of TensorFlow's kernels a training node runs. Where the environment
 * has {@code TF_ENABLE_ONEDNN_OPTS=0}, TensorFlow replaces nothing of its own accord and a node can
 * name oneDNN's kernel; elsewhere TensorFlow chooses. The choice rests on measurements, see
 * docs/performance.md: oneDNN's kernels are faster, but for the filter gradient of depthwise
 * convolutions, and for most of what is a matrix product.
 */
public final class Kernels {
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
  private static final String ONEDNN_PREFIX = "_MklNative";

  /** Pixels of a batch from which on oneDNN's filter gradient of a 1×1 convolution is faster. */
  private static final long MANY_PIXELS = 4096;

  private static final Set<String> FASTER_WITH_ONEDNN =
      Set.of(
          "Conv2D",
          "Conv2DBackpropFilter",
          "Conv2DBackpropInput",
          "DepthwiseConv2dNative",
          "DepthwiseConv2dNativeBackpropInput",
          "FusedBatchNormV3",
          "FusedBatchNormGradV3");

  private final boolean choosable;

  private Kernels(boolean choosable) {
    this.choosable = choosable;
  }

  /** The best kernels that this machine and environment allow. */
  public static Kernels ofThisMachine() {
    return of(
        System.getenv("TF_ENABLE_ONEDNN_OPTS"),
        System.getProperty("os.arch"),
        () ->
            TensorFlow.registeredOpList().getOpList().stream()
                .map(OpDef::getName)
                .collect(Collectors.toSet()));
  }

  /**
   * The best kernels of some machine; the log says which.
   *
   * @param rewriting the environment's {@code TF_ENABLE_ONEDNN_OPTS}, or null
   * @param architecture of the processor, as Java calls it
   * @param operations that TensorFlow knows there
   */
  public static Kernels of(
      String rewriting, String architecture, Supplier<Set<String>> operations) {
    boolean present =
        "0".equals(rewriting)
            && architecture.equals("amd64")
            && operations.get().contains(ONEDNN_PREFIX + "Conv2D");
    LOG.info(
        present
            ? "Training picks oneDNN's or Eigen's kernel operation by operation."
            : "Training runs the kernels that TensorFlow chooses by itself.");
    return new Kernels(present);
  }

  /** Starts a node of a standard operation. */
  GraphWriter.Node node(GraphWriter graph, String operation, String name) {
    return choosable && FASTER_WITH_ONEDNN.contains(operation)
        ? graph.node(ONEDNN_PREFIX + operation, name).attribute("_kernel", "MklNameChangeOp")
        : graph.node(operation, name);
  }

  /**
   * Starts a node of a 1×1 convolution over all channels or of one of its gradients. These are
   * matrix products; oneDNN spends more on reordering the weights than it gains.
   *
   * @param pixels of the whole batch
   */
  GraphWriter.Node pointwise(GraphWriter graph, String operation, String name, long pixels) {
    boolean plain =
        operation.equals("Conv2D")
            || (operation.equals("Conv2DBackpropFilter") && pixels < MANY_PIXELS);
    return plain ? graph.node(operation, name) : node(graph, operation, name);
  }
}
