package org.proxyless.devices.android;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;

/**
 * A program that answers like adb with one phone, whose files lie in a folder here, and a
 * benchmark_model that takes as long as its file is large. What it is told is in a log.
 */
final class ScriptedPhone {
  private static final byte[] ARM64_HEADER = {
    0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, (byte) 183, 0, 1, 0, 0, 0
  };

  private final Path folder;

  ScriptedPhone(Path folder) {
    this.folder = folder;
    write("adb", script());
    write("log", "");
    write("devices", "0A1B2C\tdevice\n\n");
    write(
        "facts",
        """
        maker=Google
        model=Pixel 6
        soc=GS101 oriole
        android=14 11049296
        abis=arm64-v8a,armeabi-v7a,armeabi
        abi=arm64-v8a
        kilohertz=2802000
        governor=sched_pixel
        proxyless-exit=0
        """);
    write(
        "thermal",
        """
        Thermal Status: 0
        Current temperatures from HAL:
        \tTemperature{mValue=32.6, mType=3, mName=skin, mStatus=0}
        proxyless-exit=0
        """);
    write(
        "delegate",
        "INFO: Explicitly applied XNNPACK delegate, and the model graph will be completely executed"
            + " by the delegate.\n");
    try {
      Files.write(folder.resolve("benchmark_model"), ARM64_HEADER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!folder.resolve("adb").toFile().setExecutable(true)) {
      throw new IllegalStateException("cannot make the script executable");
    }
  }

  private static String script() {
    try (InputStream script = ScriptedPhone.class.getResourceAsStream("adb.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes what it answers from. */
  ScriptedPhone write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files that are on the phone; null once its folder is deleted. */
  String[] files() {
    return folder.resolve("phone").toFile().list();
  }

  /** What adb was told. */
  List<String> log() {
    try {
      return Files.readAllLines(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A profile of this phone; {@code key=value} changes its settings. */
  DeviceProfile profile(String... changes) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                DeviceProfiles.FOLDER,
                folder.toString(),
                "adb",
                folder.resolve("adb").toString(),
                "benchmark-model",
                "benchmark_model",
                "cores",
                "4-7"));
    for (String change : changes) {
      String[] pair = change.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    return new DeviceProfile(
        "pixel",
        DeviceProfile.Kind.CPU,
        DeviceProfile.Runtime.ANDROID,
        1,
        1,
        DeviceProfile.Precision.FLOAT32,
        settings);
  }
}
