package org.proxyless.devices.lite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntime;
import org.proxyless.devices.LoadedCall;
import org.proxyless.devices.Normalization;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.AtomicFile;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Network;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;

/** TensorFlow Lite with XNNPACK, on the CPU of this machine. */
public final class LiteDevice implements DeviceRuntime {
  /** Random inputs that tell the ranges of what is timed; these hardly change how long it takes. */
  private static final int RANGE_RUNS = 8;

  @Override
  public DeviceProfile.Runtime kind() {
    return DeviceProfile.Runtime.TFLITE;
  }

  @Override
  public void require(DeviceProfile profile) {
    NativeLite.library();
    if (profile.kind() != DeviceProfile.Kind.CPU || profile.batch() != 1) {
      throw new InvalidInputException(
          "device '"
              + profile.name()
              + "' is a "
              + profile.kind()
              + " with batches of "
              + profile.batch()
              + "; TensorFlow Lite is measured on the CPU with single images. Set kind: cpu and"
              + " batch: 1.");
    }
    ThreadCheck.require(profile);
  }

  @Override
  public Map<String, String> facts(DeviceProfile profile, Map<String, String> environment) {
    return Map.of("tensorflow-lite", NativeLite.version() + " with XNNPACK");
  }

  @Override
  public Optional<String> format(DeviceProfile profile) {
    return Optional.of(networkFormat(profile).name());
  }

  @Override
  public LoadedCall operators(List<Operator> turns, DeviceProfile profile, RandomGenerator random) {
    return call(Lowering.ofOperators(turns, random), profile, random);
  }

  @Override
  public LoadedCall withoutOperators(
      Shape image, int classes, DeviceProfile profile, RandomGenerator random) {
    return call(Lowering.withoutOperators(image, classes), profile, random);
  }

  @Override
  public LoadedCall exported(Path model, DeviceProfile profile, RandomGenerator random) {
    byte[] content;
    try {
      content = Files.readAllBytes(model);
    } catch (IOException e) {
      throw new InvalidInputException(
          model + " cannot be read (" + e + "). Give a TensorFlow Lite file.", e);
    }
    return call(model.toString(), content, profile, random);
  }

  @Override
  public void exportUntrained(
      Network network, Path model, DeviceProfile profile, RandomGenerator random) {
    DeployableNetwork untrained =
        new DeployableNetwork(
            network,
            NetworkWeights.initial(network, random),
            Normalization.symmetric(network.input().channels()),
            IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList());
    List<byte[]> images =
        Stream.generate(
                () -> {
                  byte[] pixels = new byte[(int) network.input().elements()];
                  random.nextBytes(pixels);
                  return pixels;
                })
            .limit(RANGE_RUNS)
            .toList();
    AtomicFile.write(model, networkFormat(profile).write(untrained, images));
  }

  private static NetworkFormat networkFormat(DeviceProfile profile) {
    return switch (profile.precision()) {
      case FLOAT32 -> new Float32Format();
      case FLOAT16 -> new Float16Format();
      case INT8 -> new Int8Format();
    };
  }

  private static LoadedCall call(
      InferenceGraph graph, DeviceProfile profile, RandomGenerator random) {
    Encoding encoding =
        switch (profile.precision()) {
          case FLOAT32 -> new FloatEncoding();
          case FLOAT16 -> new HalfEncoding();
          case INT8 ->
              new Int8Encoding(
                  graph, ActivationRanges.ofRandom(graph, RANGE_RUNS, new SplittableRandom(1)));
        };
    byte[] file = new LiteWriter(graph, encoding).bytes(graph.outputs());
    return call("what is measured", file, profile, random);
  }

  private static LoadedCall call(
      String name, byte[] file, DeviceProfile profile, RandomGenerator random) {
    LiteInterpreter interpreter = LiteInterpreter.open(name, file, profile.threads());
    interpreter.fill(random);
    return new LoadedCall() {
      @Override
      public void run() {
        interpreter.run();
      }

      @Override
      public void close() {
        interpreter.close();
      }
    };
  }
}
