package org.proxyless.devices.android;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceFailedException;

/** A phone as it is: what it is, and whether it can be measured. */
final class Phone {
  /** Prints {@code key=value} lines; the cores' clocks and governors come last. */
  private static final String FACTS =
      "echo maker=$(getprop ro.product.manufacturer);"
          + " echo model=$(getprop ro.product.model);"
          + " echo soc=$(getprop ro.soc.model) $(getprop ro.board.platform);"
          + " echo android=$(getprop ro.build.version.release)"
          + " $(getprop ro.build.version.incremental);"
          + " echo abis=$(getprop ro.product.cpu.abilist);"
          + " echo abi=$(getprop ro.product.cpu.abi);"
          + " c=/sys/devices/system/cpu/cpuCORE/cpufreq;"
          + " echo kilohertz=$(cat $c/cpuinfo_max_freq 2>/dev/null);"
          + " echo governor=$(cat $c/scaling_governor 2>/dev/null)";

  private static final int KILOHERTZ_A_MEGAHERTZ = 1000;

  private final AndroidSettings settings;
  private final Adb adb;
  private final Map<String, String> told;

  private Phone(AndroidSettings settings, Adb adb, Map<String, String> told) {
    this.settings = settings;
    this.adb = adb;
    this.told = told;
  }

  /**
   * The phone that settings name, if the user's program can run on it.
   *
   * @throws InvalidInputException if it is not there, or not ready, or the program is for another
   *     processor
   */
  static Phone of(AndroidSettings settings) {
    Adb adb = Adb.of(settings);
    Adb.Output output = adb.shell(FACTS.replace("CORE", String.valueOf(settings.cores().first())));
    Map<String, String> told = new HashMap<>();
    output
        .text()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> told.put(pair[0].strip(), pair[1].strip()));
    Phone phone = new Phone(settings, adb, told);
    new PhoneProgram(settings.benchmarkModel()).requireFor(adb.serial(), phone.abis());
    return phone;
  }

  private List<String> abis() {
    String list = told.getOrDefault("abis", "");
    String all = list.isEmpty() ? told.getOrDefault("abi", "") : list;
    if (all.isEmpty()) {
      throw new DeviceFailedException(
          "phone '" + adb.serial() + "' does not say what processor it has (getprop gave nothing)");
    }
    return List.of(all.split(","));
  }

  /** The way to it. */
  Adb adb() {
    return adb;
  }

  /** What decides how fast networks run on it. */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("phone", text("maker", "model"));
    facts.put("processor", text("soc"));
    facts.put("android", text("android"));
    facts.put("cores", settings.cores().list() + clock());
    facts.put("governor", text("governor"));
    facts.put("delegate", settings.delegate().text());
    facts.put("benchmark-model", new PhoneProgram(settings.benchmarkModel()).hash());
    return facts;
  }

  private String clock() {
    String kilohertz = told.getOrDefault("kilohertz", "");
    return kilohertz.matches("\\d{1,9}")
        ? " at most " + Integer.parseInt(kilohertz) / KILOHERTZ_A_MEGAHERTZ + " MHz"
        : "";
  }

  private String text(String... keys) {
    String text =
        List.of(keys).stream()
            .map(key -> told.getOrDefault(key, ""))
            .collect(Collectors.joining(" "))
            .strip();
    return text.isEmpty() ? "unknown" : text;
  }
}
