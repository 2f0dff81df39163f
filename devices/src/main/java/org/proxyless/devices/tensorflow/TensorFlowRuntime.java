package org.proxyless.devices.tensorflow;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;

/**
 * A graph loaded into TensorFlow the way a device profile asks for.
 *
 * <p>The first session of a process decides the size of TensorFlow's thread pool, so what is
 * measured for a profile is measured in a process of its own.
 */
public final class TensorFlowRuntime implements AutoCloseable {
  /** The tag of graphs that are meant for serving. */
  static final String SERVE = "serve";

  /**
   * Networks are chains: a pool for several operations at once only adds the switching of threads.
   */
  private static final int IN_THE_CALLERS_THREAD = -1;

  private static volatile boolean gpuSeen;

  private final Session session;
  private final AutoCloseable owner;

  private TensorFlowRuntime(Session session, AutoCloseable owner) {
    this.session = session;
    this.owner = owner;
  }

  /**
   * Loads a graph.
   *
   * @throws InvalidInputException if the profile asks for a GPU and TensorFlow sees none
   */
  public static TensorFlowRuntime load(GraphDef definition, DeviceProfile profile) {
    requireDevice(profile);
    return load(definition, settings(profile));
  }

  private static TensorFlowRuntime load(GraphDef definition, ConfigProto settings) {
    Graph graph = new Graph();
    try {
      graph.importGraphDef(definition);
      Session session = new Session(graph, settings);
      return new TensorFlowRuntime(
          session,
          () -> {
            session.close();
            graph.close();
          });
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** A SavedModel that was loaded, and what its file says of it. */
  record Loaded(TensorFlowRuntime runtime, MetaGraphDef definition) {}

  /**
   * Loads the serving graph of a SavedModel.
   *
   * @param folder the one that holds {@code saved_model.pb}
   * @throws InvalidInputException if TensorFlow can't load it, or the profile asks for a GPU and
   *     TensorFlow sees none
   */
  static Loaded load(Path folder, DeviceProfile profile) {
    requireDevice(profile);
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(folder.toString())
              .withTags(SERVE)
              .withConfigProto(settings(profile))
              .load();
      return new Loaded(new TensorFlowRuntime(bundle.session(), bundle), bundle.metaGraphDef());
    } catch (TensorFlowException | TFInvalidArgumentException | TFUnimplementedException e) {
      throw new InvalidInputException(
          folder
              + " cannot be loaded as a SavedModel ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
              + "). Export it again.",
          e);
    }
  }

  /**
   * Runs the graph on one input and returns one output, which the caller closes.
   *
   * @param others nodes that are to run as well
   */
  public Result run(String input, Tensor value, String output, String... others) {
    Session.Runner runner = session.runner().feed(input, value).fetch(output);
    for (String node : others) {
      runner.addTarget(node);
    }
    return runner.run();
  }

  /** Runs a graph that needs no input as far as these nodes, and drops what they give. */
  public void runTo(List<String> nodes) {
    Session.Runner runner = session.runner();
    for (String node : nodes) {
      runner.addTarget(node);
    }
    runner.run().close();
  }

  @Override
  public void close() {
    try {
      owner.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("TensorFlow did not close", e);
    }
  }

  private static ConfigProto settings(DeviceProfile profile) {
    ConfigProto.Builder settings =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(profile.threads())
            .setInterOpParallelismThreads(IN_THE_CALLERS_THREAD);
    if (profile.kind() == DeviceProfile.Kind.CPU) {
      settings.putDeviceCount("GPU", 0);
    } else {
      settings.setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    }
    return settings.build();
  }

  /**
   * Asks TensorFlow itself for a GPU: a build without GPU kernels has none, whatever is there, and
   * would quietly run on the CPU.
   *
   * @throws InvalidInputException if the profile asks for a GPU and TensorFlow sees none
   */
  public static void requireDevice(DeviceProfile profile) {
    profile.requireHere();
    if (profile.kind() == DeviceProfile.Kind.CPU || gpuSeen) {
      return;
    }
    GraphWriter probe = new GraphWriter();
    String one = probe.scalar("one", 1);
    probe.node("Neg", "probe").input(one).floats().device("/device:GPU:0").add();
    try (TensorFlowRuntime runtime = load(probe.build(), settings(profile))) {
      runtime.runTo(List.of("probe"));
      gpuSeen = true;
    } catch (TFInvalidArgumentException e) {
      throw new InvalidInputException(
          "device profile '"
              + profile.name()
              + "' needs a GPU and TensorFlow sees none on this machine. Choose a CPU profile, or"
              + " build with -Pgpu on a machine with an NVIDIA driver.",
          e);
    }
  }
}
