package org.proxyless.devices.tensorflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.FileTree;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * Writes SavedModels in the layout of TensorFlow Serving: {@code NAME/1/} with the tag {@code
 * serve}. That of a network has the signature {@code serving_default} from {@code images} to {@code
 * logits} and {@code probabilities}, and the class names as the asset {@code classes.txt}, one a
 * line.
 */
public final class SavedModelWriter {
  /** The version folder in which a network is written. */
  public static final String VERSION = "1";

  /** The signature by which a network is called. */
  static final String SIGNATURE = "serving_default";

  static final String MODEL_FILE = "saved_model.pb";
  static final String ASSETS = "assets";
  static final String CLASSES_FILE = "classes.txt";

  /** What a signature's method is called that a server answers. */
  public static final String METHOD = "tensorflow/serving/predict";

  private static final String CLASSES_NODE = "classes_file";
  private static final long SCHEMA_VERSION = 1;

  private SavedModelWriter() {}

  /**
   * Writes a network whole or not at all: beside its place, synced, then renamed.
   *
   * @param folder {@code NAME}, which must not exist; the network goes to {@code NAME/1}
   * @param network whose input and classes the signature states
   * @param graph its deployed form, see {@link DeployedGraph}
   * @param classNames one for each class, without line breaks
   * @throws InvalidInputException if the folder exists
   */
  public static void write(Path folder, Network network, GraphDef graph, List<String> classNames)
      throws IOException {
    if (classNames.size() != network.classes()
        || classNames.stream().anyMatch(name -> name.lines().count() != 1)) {
      throw new IllegalArgumentException(
          "class names " + classNames + " must be " + network.classes() + " single lines");
    }
    write(
        folder,
        graph,
        Map.of(SIGNATURE, signature(network)),
        new Asset(CLASSES_NODE, CLASSES_FILE, classNames));
  }

  /**
   * A file beside a graph.
   *
   * @param node of the graph that stands for it
   * @param file its name
   * @param lines what is in it
   */
  public record Asset(String node, String file, List<String> lines) {}

  /**
   * Writes any graph in the same way.
   *
   * @param signatures by which it is called
   * @throws InvalidInputException if the folder exists
   */
  public static void write(
      Path folder, GraphDef graph, Map<String, SignatureDef> signatures, Asset asset)
      throws IOException {
    Path place = folder.toAbsolutePath();
    if (Files.exists(place)) {
      throw new InvalidInputException(
          "SavedModel folder " + folder + " exists. Choose another, or remove it.");
    }
    Files.createDirectories(place.getParent());
    // Not Files.createTempDirectory: it would leave a folder that only its owner may read.
    Path beside =
        Files.createDirectory(
            place.resolveSibling(
                "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part"));
    try {
      Path version = Files.createDirectory(beside.resolve(VERSION));
      Path assets = Files.createDirectory(version.resolve(ASSETS));
      String names = String.join("\n", asset.lines()) + "\n";
      AtomicFile.write(assets.resolve(asset.file()), names.getBytes(StandardCharsets.UTF_8));
      AtomicFile.write(
          version.resolve(MODEL_FILE), savedModel(graph, signatures, asset).toByteArray());
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      FileTree.delete(beside);
      throw e;
    }
  }

  private static SavedModel savedModel(
      GraphDef graph, Map<String, SignatureDef> signatures, Asset asset) {
    MetaGraphDef.Builder definition = MetaGraphDef.newBuilder();
    definition
        .getMetaInfoDefBuilder()
        .addTags(TensorFlowRuntime.SERVE)
        .setTensorflowVersion(TensorFlow.version());
    GraphWriter node = new GraphWriter();
    node.placeholder(asset.node(), DataType.DT_STRING);
    definition.setGraphDef(graph.toBuilder().addAllNode(node.build().getNodeList()));
    definition.addAssetFileDef(
        AssetFileDef.newBuilder()
            .setTensorInfo(TensorInfo.newBuilder().setName(asset.node() + ":0"))
            .setFilename(asset.file()));
    definition.putAllSignatureDef(signatures);
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(definition)
        .build();
  }

  private static SignatureDef signature(Network network) {
    int height = network.input().height();
    int width = network.input().width();
    int channels = network.input().channels();
    int classes = network.classes();
    return SignatureDef.newBuilder()
        .setMethodName(METHOD)
        .putInputs(
            DeployedGraph.IMAGES,
            tensor(DeployedGraph.IMAGES, DataType.DT_UINT8, -1, height, width, channels))
        .putOutputs(
            DeployedGraph.LOGITS, tensor(DeployedGraph.LOGITS, DataType.DT_FLOAT, -1, classes))
        .putOutputs(
            DeployedGraph.PROBABILITIES,
            tensor(DeployedGraph.PROBABILITIES, DataType.DT_FLOAT, -1, classes))
        .build();
  }

  /**
   * How a signature names a node's first output.
   *
   * @param shape an extent of −1 is left open
   */
  public static TensorInfo tensor(String node, DataType type, long... shape) {
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(type)
        .setTensorShape(GraphWriter.shapeOf(shape))
        .build();
  }
}
