package org.proxyless.devices.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.InvalidInputException;
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
