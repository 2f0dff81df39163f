package org.proxyless.search.supernet;

import java.util.Set;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/**
 * The one place that says which of TensorFlow's kernels a training node runs. Where the environment
 * has {@code TF_ENABLE_ONEDNN_OPTS=0}, TensorFlow replaces nothing of its own accord and a node can
 * name oneDNN's kernel, which is faster for all operations but the depthwise filter gradient;
 * elsewhere TensorFlow chooses.
 */
final class Kernels {
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
  private static final String ONEDNN_PREFIX = "_MklNative";
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
  static Kernels ofThisMachine() {
    boolean asked = "0".equals(System.getenv("TF_ENABLE_ONEDNN_OPTS"));
    boolean present =
        asked
            && System.getProperty("os.arch").equals("amd64")
            && TensorFlow.registeredOpList().getOpList().stream()
                .map(OpDef::getName)
                .anyMatch((ONEDNN_PREFIX + "Conv2D")::equals);
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
}
