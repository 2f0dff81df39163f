package org.proxyless.devices;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Fingerprint;

/** Tells what a latency measured on this machine, or one linked to it, depends on. */
public final class MachineFingerprint {
  private static final double GIBIBYTE = 1 << 30;
  private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

  private MachineFingerprint() {}

  /**
   * What a measuring process for this profile, started now, would find.
   *
   * @throws InvalidInputException if the device is not here
   */
  public static Fingerprint of(DeviceProfile profile) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    MeasuringEnvironment.prepare(environment);
    return of(profile, environment);
  }

  /** What a process with this environment finds. */
  public static Fingerprint of(DeviceProfile profile, Map<String, String> environment) {
    profile.requireHere();
    DeviceRuntime runtime = DeviceRuntimes.of(profile);
    if (runtime instanceof LinkedRuntime) {
      return Fingerprint.of(runtime.facts(profile, environment)); // of that device, not of this one
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("processor", processor());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.putAll(runtime.facts(profile, environment));
    if (profile.kind() == DeviceProfile.Kind.GPU) {
      facts.put(
          "gpu", output("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"));
    }
    return Fingerprint.of(facts);
  }

  /** Rounded, because what the kernel keeps for itself changes with its version. */
  private static String memory() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Math.round(system.getTotalMemorySize() / GIBIBYTE) + " GiB";
  }

  private static String processor() {
    String system = System.getProperty("os.name");
    if (Files.isReadable(LINUX_PROCESSORS)) {
      return linuxProcessor();
    }
    return system.startsWith("Mac")
        ? output("sysctl", "-n", "machdep.cpu.brand_string")
        : String.valueOf(System.getenv("PROCESSOR_IDENTIFIER"));
  }

  /** The model's name or, on ARM, which has none there, the numbers of maker, part and variant. */
  private static String linuxProcessor() {
    Map<String, String> first = new HashMap<>();
    try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
      lines
          .map(line -> line.split(":", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> first.putIfAbsent(pair[0].strip(), pair[1].strip()));
    } catch (IOException e) {
      throw new InvalidInputException(LINUX_PROCESSORS + " cannot be read: " + e + ".", e);
    }
    String name = first.get("model name");
    String stepping = "family %s model %s".formatted(first.get("cpu family"), first.get("model"));
    return name != null
        ? name + ", " + stepping
        : "implementer %s part %s variant %s"
            .formatted(
                first.get("CPU implementer"), first.get("CPU part"), first.get("CPU variant"));
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IOException("it ended with exit code " + process.exitValue());
      }
      return text.lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new InvalidInputException(
          "'"
              + command[0]
              + "' is needed to tell this machine from others and cannot be run: "
              + e.getMessage()
              + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command[0], e);
    }
  }
}
