package org.proxyless.devices.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * A SavedModel that is sent from one machine to another: its graph, weights included. The names of
 * its classes stay at home, since they take no time.
 */
final class SentModel {
  /** All operations of {@link DeployedGraph}: none of them reads, writes or calls anything. */
  static final Set<String> OPERATIONS =
      Set.of(
          "AddN",
          "AddV2",
          "AvgPool",
          "BiasAdd",
          "BroadcastTo",
          "Cast",
          "ConcatV2",
          "Const",
          "Conv2D",
          "DepthwiseConv2dNative",
          "Identity",
          "MatMul",
          "MaxPool",
          "Mean",
          "Mul",
          "Pad",
          "Placeholder",
          "Relu",
          "Relu6",
          "Slice",
          "Softmax",
          "ZerosLike");

  private SentModel() {}

  /**
   * What is sent.
   *
   * @param folder as {@link LoadedModel#open} takes it
   * @throws InvalidInputException if there is no SavedModel
   */
  static byte[] content(Path folder) {
    Path file = LoadedModel.versionFolder(folder).resolve(SavedModelWriter.MODEL_FILE);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Writes what was sent, without running any of it.
   *
   * @param folder gets the version
   * @throws InvalidInputException if {@link SavedModelWriter} would not write such a graph
   */
  static void restore(byte[] content, Path folder) {
    requireOurs(content);
    Path version = folder.resolve(SavedModelWriter.VERSION);
    AtomicFile.write(version.resolve(SavedModelWriter.MODEL_FILE), content);
    AtomicFile.write(
        version.resolve(SavedModelWriter.ASSETS).resolve(SavedModelWriter.CLASSES_FILE),
        "not sent\n".getBytes(StandardCharsets.UTF_8));
  }

  private static void requireOurs(byte[] content) {
    SavedModel model;
    try {
      model = SavedModel.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException("the file that was sent is no SavedModel. Export it again.");
    }
    if (model.getMetaGraphsCount() != 1) {
      throw refused("it has " + model.getMetaGraphsCount() + " graphs, not one");
    }
    MetaGraphDef graph = model.getMetaGraphs(0);
    Set<String> unknown =
        graph.getGraphDef().getNodeList().stream()
            .map(NodeDef::getOp)
            .filter(operation -> !OPERATIONS.contains(operation))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!unknown.isEmpty()) {
      throw refused("its operations " + unknown + " are none of ours");
    }
    if (graph.getGraphDef().hasLibrary() || graph.hasSaverDef() || graph.hasObjectGraphDef()) {
      throw refused("it has functions or variables");
    }
    if (graph.getAssetFileDefCount() != 1
        || !graph.getAssetFileDef(0).getFilename().equals(SavedModelWriter.CLASSES_FILE)) {
      throw refused("its one asset must be " + SavedModelWriter.CLASSES_FILE);
    }
  }

  private static InvalidInputException refused(String reason) {
    return new InvalidInputException(
        "the SavedModel that was sent was not written by 'export': "
            + reason
            + ". Export it again.");
  }
}
