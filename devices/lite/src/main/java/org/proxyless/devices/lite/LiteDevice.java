package org.proxyless.devices.lite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntime;
import org.proxyless.devices.LoadedCall;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;
import org.proxyless.devices.lite.interpreter.NativeLite;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/** TensorFlow Lite with XNNPACK, on the CPU of this machine. */
public final class LiteDevice implements DeviceRuntime {
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
    return Optional.of(files(profile).format().name());
  }

  @Override
  public LoadedCall operators(List<Operator> turns, DeviceProfile profile, RandomGenerator random) {
    return call("what is measured", files(profile).operators(turns, random), profile, random);
  }

  @Override
  public LoadedCall withoutOperators(
      Shape image, int classes, DeviceProfile profile, RandomGenerator random) {
    return call(
        "what is measured", files(profile).withoutOperators(image, classes), profile, random);
  }

  @Override
  public LoadedCall exported(Path model, DeviceProfile profile, RandomGenerator random) {
    return call(model.toString(), content(model), profile, random);
  }

  @Override
  public void exportUntrained(
      Network network, Path model, DeviceProfile profile, RandomGenerator random) {
    AtomicFile.write(model, files(profile).network(network, random));
  }

  @Override
  public byte[] content(Path model) {
    try {
      return Files.readAllBytes(model);
    } catch (IOException e) {
      throw new InvalidInputException(
          model + " cannot be read (" + e + "). Give a TensorFlow Lite file.", e);
    }
  }

  @Override
  public void restore(byte[] content, Path model) {
    SentFile.requireOurs(content);
    AtomicFile.write(model, content);
  }

  private static LiteFiles files(DeviceProfile profile) {
    return new LiteFiles(profile.precision());
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
