package org.proxyless.devices.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.agent.proto.DeviceUse;
import org.proxyless.devices.agent.proto.Graph;
import org.proxyless.devices.agent.proto.TimingSetup;
import org.proxyless.devices.agent.proto.VisitJob;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.network.Shape;

/** Turns what was asked into what is measured, and refuses what is none of ours or too much. */
final class Requests {
  private static final String NAME = "agent";

  /** Those of the machine itself; what is linked to it is not the agent's to give away. */
  private static final List<DeviceProfile.Runtime> RUNTIMES =
      List.of(DeviceProfile.Runtime.TENSORFLOW, DeviceProfile.Runtime.TFLITE);

  private static final int MOST_KEYS = 10_000;
  private static final int MOST_NETWORKS = 1000;
  private static final int MOST_NEIGHBOURS = 100;
  private static final int MOST_BLOCKS = 1000;
  private static final int MOST_BLOCK_MILLIS = 10_000;
  private static final int MOST_THREADS = 1024;
  private static final int MOST_IMAGES = 65_536;
  private static final int MOST_EXTENT = 1 << 16;
  private static final Pattern JOB = Pattern.compile("[0-9a-f-]{8,64}");

  private Requests() {}

  /** The name of a job, which is part of a file's name as well. */
  static String job(String name) {
    if (!JOB.matcher(name).matches()) {
      throw new InvalidInputException(
          "a job's name must be 8 to 64 hexadecimal digits or dashes; choose another.");
    }
    return name;
  }

  /** A profile of this machine. */
  static DeviceProfile profile(DeviceUse use) {
    return new DeviceProfile(
        NAME,
        oneOf("kind", use.getKind(), List.of(DeviceProfile.Kind.CPU, DeviceProfile.Kind.GPU)),
        oneOf("runtime", use.getRuntime(), RUNTIMES),
        count("threads", use.getThreads(), MOST_THREADS),
        count("batch", use.getBatch(), MOST_IMAGES),
        oneOf("precision", use.getPrecision(), List.of(DeviceProfile.Precision.values())));
  }

  /**
   * What to visit.
   *
   * @param folder for networks while they are measured
   */
  static VisitMeasuring.Request visits(VisitJob job, Path folder) {
    atMost("number of keys", job.getKeysCount(), MOST_KEYS); // none asks for the device only
    atMost("number of networks", job.getNetworksCount(), MOST_NETWORKS);
    atMost("number of neighbours", job.getContextCount(), MOST_NEIGHBOURS);
    job.getNetworksList().forEach(Requests::network);
    job.getContextList().forEach(KeyCheck::operator);
    job.getKeysList().forEach(key -> requireKnown(key, job.getNetworksCount()));
    return new VisitMeasuring.Request(
        new VisitMeasuring.Subject(
            profile(job.getProfile()),
            new Shape(
                count("height", job.getImage().getHeight(), MOST_EXTENT),
                count("width", job.getImage().getWidth(), MOST_EXTENT),
                count("channels", job.getImage().getChannels(), MOST_EXTENT)),
            count("number of classes", job.getClasses(), MOST_EXTENT),
            job.getContextList(),
            job.getNetworksList().stream().map(Graph::getOperatorsList).map(List::copyOf).toList(),
            count("number of blocks", job.getBlocks(), MOST_BLOCKS),
            count("block's milliseconds", job.getBlockMillis(), MOST_BLOCK_MILLIS)),
        job.getKeysList(),
        folder.toString());
  }

  private static void requireKnown(String key, int networks) {
    if (VisitMeasuring.Subject.isNetwork(key)) {
      if (!VisitMeasuring.Subject.networkKeys(networks).contains(key)) {
        throw new InvalidInputException("'" + key + "' is none of " + networks + " networks.");
      }
    } else if (!key.equals(LatencyTable.CALL)) {
      KeyCheck.operator(key);
    }
  }

  /** How to time a network. */
  static NetworkMeasuring.Setup setup(TimingSetup setup) {
    atMost("number of neighbours", setup.getReferenceCount(), MOST_NEIGHBOURS);
    setup.getReferenceList().forEach(KeyCheck::operator);
    return new NetworkMeasuring.Setup(
        profile(setup.getProfile()),
        setup.getReferenceList(),
        count("number of blocks", setup.getBlocks(), MOST_BLOCKS),
        count("block's milliseconds", setup.getBlockMillis(), MOST_BLOCK_MILLIS));
  }

  /** A network of our own operators. */
  static Network network(Graph graph) {
    return KeyCheck.network(graph.getOperatorsList());
  }

  private static void atMost(String what, int value, int most) {
    if (value > most) {
      throw new InvalidInputException(
          "the " + what + " is " + value + "; it must be at most " + most + ".");
    }
  }

  private static int count(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new InvalidInputException(
          "the " + what + " is " + value + "; it must be from 1 to " + most + ".");
    }
    return value;
  }

  private static <E extends Enum<E>> E oneOf(String what, String text, List<E> constants) {
    for (E constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new InvalidInputException(
        "the "
            + what
            + " '"
            + text
            + "' is unknown; it must be one of "
            + constants.toString().toLowerCase(Locale.ROOT)
            + ".");
  }
}
