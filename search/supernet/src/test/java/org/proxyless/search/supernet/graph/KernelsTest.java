package org.proxyless.search.supernet.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.BlockGraph;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.supernet.Toy;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.NodeDef;

class KernelsTest {
  private static final Set<String> WITH_ONEDNN = Set.of("Conv2D", "_MklNativeConv2D");
  private static final Supplier<Set<String>> PRESENT = () -> WITH_ONEDNN;
  private static final Supplier<Set<String>> ABSENT = () -> Set.of("Conv2D");

  private static String kernelOf(Kernels kernels, String operation) {
    GraphWriter writer = new GraphWriter();
    kernels.node(writer, operation, "node").add();
    NodeDef node = writer.build().getNode(0);
    assertThat(node.containsAttr("_kernel")).isEqualTo(node.getOp().startsWith("_Mkl"));
    return node.getOp();
  }

  private static String logOf(Runnable work) {
    Logger log = (Logger) LoggerFactory.getLogger(Kernels.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    try {
      work.run();
    } finally {
      log.detachAppender(said);
    }
    return said.list.get(0).getFormattedMessage();
  }

  @Test
  void oneDnnIsPickedForAllButTheDepthwiseFilterGradient() {
    Kernels kernels = Kernels.of("0", "amd64", PRESENT);
    assertThat(kernelOf(kernels, "FusedBatchNormV3")).isEqualTo("_MklNativeFusedBatchNormV3");
    assertThat(kernelOf(kernels, "DepthwiseConv2dNativeBackpropFilter"))
        .isEqualTo("DepthwiseConv2dNativeBackpropFilter");
    assertThat(logOf(() -> Kernels.of("0", "amd64", PRESENT))).contains("oneDNN");
  }

  @Test
  void matrixProductsRunOnOneDnnOnlyWhereThatIsFaster() {
    Kernels kernels = Kernels.of("0", "amd64", PRESENT);
    GraphWriter writer = new GraphWriter();
    kernels.pointwise(writer, "Conv2D", "few", 128).add();
    kernels.pointwise(writer, "Conv2DBackpropFilter", "few/filter", 128).add();
    kernels.pointwise(writer, "Conv2DBackpropFilter", "many/filter", 100_000).add();
    kernels.pointwise(writer, "Conv2DBackpropInput", "few/input", 128).add();
    assertThat(writer.build().getNodeList())
        .extracting(NodeDef::getOp)
        .containsExactly(
            "Conv2D",
            "Conv2DBackpropFilter",
            "_MklNativeConv2DBackpropFilter",
            "_MklNativeConv2DBackpropInput");
  }

  @Test
  void withoutOneDnnsKernelsThePlainOnesRunAndTheLogSaysSo() {
    for (Supplier<Kernels> elsewhere :
        Set.<Supplier<Kernels>>of(
            () -> Kernels.of(null, "amd64", PRESENT),
            () -> Kernels.of("1", "amd64", PRESENT),
            () -> Kernels.of("0", "aarch64", PRESENT),
            () -> Kernels.of("0", "amd64", ABSENT))) {
      assertThat(logOf(elsewhere::get)).contains("TensorFlow chooses by itself");
      assertThat(kernelOf(elsewhere.get(), "Conv2D")).isEqualTo("Conv2D");
    }
  }

  @Test
  void plainKernelsTrainTheSame() {
    Supernet.Settings settings = new Supernet.Settings(Toy.BATCH, 2);
    try (Supernet chosen = new Supernet(Toy.blocks(), settings, new SplittableRandom(1));
        Supernet plain =
            new Supernet(
                BlockGraph.chain(Toy.blocks()),
                settings,
                new SplittableRandom(1),
                Kernels.of(null, "amd64", PRESENT))) {
      int[] path = {0, 1, 1};
      boolean[][] sampled = {{true, true, false}, {true, true, false}, {false, true, true}};
      for (int step = 0; step < 3; step++) {
        assertThat(plain.trainWeights(path, Toy.batch(step), 0.05).loss())
            .isCloseTo(chosen.trainWeights(path, Toy.batch(step), 0.05).loss(), within(1e-5));
        double[][] expected = chosen.gateGradients(path, sampled, Toy.batch(step)).values();
        double[][] gradients = plain.gateGradients(path, sampled, Toy.batch(step)).values();
        for (int e = 0; e < expected.length; e++) {
          assertThat(gradients[e]).containsExactly(expected[e], within(1e-4));
        }
      }
    }
  }
}
