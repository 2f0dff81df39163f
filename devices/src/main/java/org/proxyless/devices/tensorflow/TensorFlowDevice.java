package org.proxyless.devices.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntime;
import org.proxyless.devices.LoadedCall;
import org.proxyless.devices.MeasuringEnvironment;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TUint8;

/** TensorFlow, on the CPU or the GPU of this machine. */
public final class TensorFlowDevice implements DeviceRuntime {
  @Override
  public DeviceProfile.Runtime kind() {
    return DeviceProfile.Runtime.TENSORFLOW;
  }

  @Override
  public void require(DeviceProfile profile) {
    TensorFlowRuntime.requireDevice(profile);
  }

  @Override
  public Map<String, String> facts(DeviceProfile profile, Map<String, String> environment) {
    return Map.of(
        "tensorflow",
        TensorFlow.version(),
        "flags",
        String.valueOf(MeasuringEnvironment.flags(environment)));
  }

  @Override
  public Optional<String> format(DeviceProfile profile) {
    return Optional.empty();
  }

  @Override
  public LoadedCall operators(List<Operator> turns, DeviceProfile profile, RandomGenerator random) {
    ContextGraph graph = ContextGraph.of(turns, profile.batch(), random);
    TensorFlowRuntime runtime = TensorFlowRuntime.load(graph.definition(), profile);
    return call(() -> runtime.runTo(graph.outputs()), runtime::close);
  }

  @Override
  public LoadedCall withoutOperators(
      Shape image, int classes, DeviceProfile profile, RandomGenerator random) {
    int batch = profile.batch();
    TensorFlowRuntime runtime =
        TensorFlowRuntime.load(DeployedGraph.withoutOperators(image, batch, classes), profile);
    TUint8 images =
        TUint8.tensorOf(
            org.tensorflow.ndarray.Shape.of(batch, image.height(), image.width(), image.channels()),
            DataBuffers.of(pixels(image, batch, random), true, false));
    return call(
        () ->
            runtime
                .run(
                    DeployedGraph.IMAGES,
                    images,
                    DeployedGraph.PROBABILITIES,
                    DeployedGraph.NORMALIZED)
                .close(),
        () -> {
          images.close();
          runtime.close();
        });
  }

  @Override
  public LoadedCall exported(Path model, DeviceProfile profile, RandomGenerator random) {
    LoadedModel loaded = LoadedModel.open(model, profile);
    byte[] pixels = pixels(loaded.imageShape(), profile.batch(), random);
    TUint8 images = loaded.tensor(pixels, profile.batch());
    return call(
        () -> loaded.call(images).close(),
        () -> {
          images.close();
          loaded.close();
        });
  }

  @Override
  public void exportUntrained(
      Network network, Path model, DeviceProfile profile, RandomGenerator random) {
    try {
      SavedModelWriter.write(
          model,
          network,
          DeployedGraph.of(
              network,
              NetworkWeights.initial(network, random),
              Normalization.symmetric(network.input().channels())),
          IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the SavedModel " + model, e);
    }
  }

  @Override
  public byte[] content(Path model) {
    return SentModel.content(model);
  }

  @Override
  public void restore(byte[] content, Path model) {
    SentModel.restore(content, model);
  }

  private static byte[] pixels(Shape image, int batch, RandomGenerator random) {
    byte[] pixels = new byte[(int) (batch * image.elements())];
    random.nextBytes(pixels);
    return pixels;
  }

  private static LoadedCall call(Runnable run, Runnable close) {
    return new LoadedCall() {
      @Override
      public void run() {
        run.run();
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
