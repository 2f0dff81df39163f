package org.proxyless.devices.android;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.LinkedCall;
import org.proxyless.devices.LinkedRuntime;
import org.proxyless.devices.lite.LiteFiles;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/** TensorFlow Lite's benchmark_model on an Android phone, through adb. */
public final class AndroidDevice implements LinkedRuntime {
  /**
   * What a network's file has besides its operators: bytes to numbers, logits to floats, and the
   * softmax. Delegates may leave these to the processor.
   */
  private static final int CONVERSIONS = 3;

  private static final int MOST_NAMED = 3;

  @Override
  public DeviceProfile.Runtime kind() {
    return DeviceProfile.Runtime.ANDROID;
  }

  @Override
  public void require(DeviceProfile profile) {
    Phone.of(AndroidSettings.of(profile));
  }

  @Override
  public Map<String, String> facts(DeviceProfile profile, Map<String, String> environment) {
    return Phone.of(AndroidSettings.of(profile)).facts();
  }

  @Override
  public Optional<String> format(DeviceProfile profile) {
    return Optional.of(files(profile).format().name());
  }

  /** In one file, each with an output of its own: to start the program once is enough for all. */
  @Override
  public LinkedCall operators(List<Operator> turns, DeviceProfile profile, RandomGenerator random) {
    List<String> keys = turns.stream().map(Operator::key).distinct().toList();
    String name =
        keys.stream()
                .limit(MOST_NAMED)
                .map(key -> "'" + key + "'")
                .collect(Collectors.joining(", "))
            + (keys.size() > MOST_NAMED ? " and " + (keys.size() - MOST_NAMED) + " more" : "");
    return PhoneCall.of(
        AndroidSettings.of(profile), name, files(profile).operators(turns, random), 0);
  }

  @Override
  public LinkedCall withoutOperators(
      Shape image, int classes, DeviceProfile profile, RandomGenerator random) {
    return PhoneCall.of(
        AndroidSettings.of(profile),
        "what a network does besides its operators",
        files(profile).withoutOperators(image, classes),
        CONVERSIONS);
  }

  @Override
  public LinkedCall exported(Path model, DeviceProfile profile, RandomGenerator random) {
    byte[] content;
    try {
      content = Files.readAllBytes(model);
    } catch (IOException e) {
      throw new InvalidInputException(
          model + " cannot be read (" + e + "). Give a TensorFlow Lite file.", e);
    }
    return PhoneCall.of(AndroidSettings.of(profile), model.toString(), content, CONVERSIONS);
  }

  @Override
  public void exportUntrained(
      Network network, Path model, DeviceProfile profile, RandomGenerator random) {
    AtomicFile.write(model, files(profile).network(network, random));
  }

  private static LiteFiles files(DeviceProfile profile) {
    return new LiteFiles(profile.precision());
  }
}
