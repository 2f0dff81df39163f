package org.proxyless.search.job.derive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.Identity;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.network.Network;

/**
 * Keeps what a proof measures in the run's directory. A run that was cut short and goes on takes it
 * from there, so that it ends with the same network.
 */
final class JournaledMeasuring implements ProofMeasuring {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LABEL = 12;
  private static final String DRIFT = "drift";

  private final ProofMeasuring measuring;
  private final Path folder;

  /**
   * @param folder where it is kept; made with the first measurement
   */
  JournaledMeasuring(ProofMeasuring measuring, Path folder) {
    this.measuring = measuring;
    this.folder = folder;
  }

  @Override
  public WatchedMeasurement time(Network network, int repeat) {
    Path file = file("look", network, repeat, ".json");
    if (Files.exists(file)) {
      return read(file);
    }
    WatchedMeasurement look = measuring.time(network, repeat);
    write(file, look);
    return look;
  }

  @Override
  public LatencyTable learn(
      LatencyTable table, Network network, WatchedMeasurement look, int repeat) {
    Path file = file("learned", network, repeat, ".table");
    if (Files.exists(file)) {
      return LatencyTables.read(file);
    }
    LatencyTable learned = measuring.learn(table, network, look, repeat);
    LatencyTables.write(learned, file);
    return learned;
  }

  /** What was measured of another network, as before a change of settings, has another name. */
  private Path file(String what, Network network, int repeat, String ending) {
    String label = Identity.hash(network.keys().toString()).substring(0, LABEL);
    return folder.resolve(what + "-" + repeat + "-" + label + ending);
  }

  private static WatchedMeasurement read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      NetworkMeasurement measured = JSON.treeToValue(json.get("network"), NetworkMeasurement.class);
      JsonNode drift = json.get(DRIFT);
      return new WatchedMeasurement(
          measured,
          drift.isNull() ? OptionalDouble.empty() : OptionalDouble.of(drift.asDouble()),
          json.get("relativeStandardError").asDouble());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read what was measured, " + file + "; delete it to measure again", e);
    }
  }

  private void write(Path file, WatchedMeasurement look) {
    OptionalDouble drift = look.drift();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", look.network());
    json.put(DRIFT, drift.isPresent() ? drift.getAsDouble() : null);
    json.put("relativeStandardError", look.relativeStandardError());
    try {
      Files.createDirectories(folder);
      AtomicFile.write(file, JSON.writeValueAsBytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep what was measured in " + folder, e);
    }
  }
}
