package org.proxyless.devices.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.DilConv;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.Zero;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

class SentModelTest {
  @TempDir Path folder;
  private byte[] content;

  @BeforeEach
  void export() {
    new TensorFlowDevice()
        .exportUntrained(
            Samples.network(), folder.resolve("here"), Samples.CPU, new SplittableRandom(1));
    content = SentModel.content(folder.resolve("here"));
  }

  @Test
  void itComputesThereWhatItComputesHere() {
    SentModel.restore(content, folder.resolve("there"));
    byte[] image = Samples.images(new SplittableRandom(2), 1);
    try (LoadedModel here = LoadedModel.open(folder.resolve("here"), Samples.CPU);
        LoadedModel there = LoadedModel.open(folder.resolve("there"), Samples.CPU)) {
      assertThat(there.probabilities(image, 1)).isDeepEqualTo(here.probabilities(image, 1));
    }
  }

  @Test
  void everyOperationOfADeployedOperatorIsTaken() {
    Shape shape = new Shape(6, 6, 8);
    List<OperatorType> types =
        List.of(
            new AveragePool(3),
            new Classifier(),
            new Conv(3),
            new DilConv(3),
            new FactorizedReduction(),
            new MaxPool(3),
            new MBConv(3, 2),
            new PlainConv(3),
            new PreConv(1),
            new SepConv(3),
            new Zero());
    Set<String> operations = new TreeSet<>();
    for (OperatorType type : types) {
      int stride = type instanceof Classifier || type instanceof Zero ? 1 : 2;
      Operator operator = new Operator(type, shape, 8, stride, false);
      Network network = new Network("alone", List.of(operator));
      GraphWriter graph = new GraphWriter();
      graph.placeholder("in", DataType.DT_FLOAT, 1, 6, 6, 8);
      new DeployedOperator(operator, NetworkWeights.initial(network, new SplittableRandom(1)), 0)
          .addTo(graph, "operator", List.of("in"));
      graph.build().getNodeList().forEach(node -> operations.add(node.getOp()));
    }
    assertThat(operations).contains("MaxPool", "Slice").isSubsetOf(SentModel.OPERATIONS);
  }

  @Test
  void anOperationThatIsNoneOfOursIsRefusedAndNothingIsWritten() throws Exception {
    refused(
        with(graph -> graph.addNode(NodeDef.newBuilder().setOp("ReadFile").setName("evil"))),
        "its operations [ReadFile] are none of ours");
    refused(
        with(graph -> graph.setLibrary(FunctionDefLibrary.getDefaultInstance())),
        "it has functions or variables");
  }

  @Test
  void whatIsNoSavedModelIsRefused() throws Exception {
    refused("no model at all".getBytes(StandardCharsets.UTF_8), "is no SavedModel");
    refused(new byte[0], "it has 0 graphs, not one");
    SavedModel.Builder model = SavedModel.parseFrom(content).toBuilder();
    model.getMetaGraphsBuilder(0).getAssetFileDefBuilder(0).setFilename("../../escaped");
    refused(model.build().toByteArray(), "its one asset must be classes.txt");
  }

  private byte[] with(Consumer<GraphDef.Builder> change) throws Exception {
    SavedModel.Builder model = SavedModel.parseFrom(content).toBuilder();
    change.accept(model.getMetaGraphsBuilder(0).getGraphDefBuilder());
    return model.build().toByteArray();
  }

  private void refused(byte[] sent, String why) {
    Path there = folder.resolve("there");
    assertThatThrownBy(() -> SentModel.restore(sent, there))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why);
    assertThat(there).doesNotExist();
  }
}
