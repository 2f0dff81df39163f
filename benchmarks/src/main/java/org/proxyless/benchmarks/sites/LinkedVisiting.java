package org.proxyless.benchmarks.sites;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.proxyless.base.FileTree;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.LinkedCall;
import org.proxyless.devices.LinkedRuntime;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;

/**
 * Measures on a device that is linked to this machine what {@link VisitMeasuring} measures here,
 * and in the same way: an operator by how much copies of it lengthen the turns of others.
 */
final class LinkedVisiting {
  private static final ObjectMapper JSON = Messages.JSON;
  private static final int BLOCKS = 2;

  /** What was loaded to be timed; of an operator, with neighbours that are taken out. */
  private record Loaded(LinkedCall call, int copies) {
    double nanos(LinkedBlocks.Block block) {
      double nanos = block.times().typicalNanos();
      return copies == 0 ? nanos : (nanos - block.referenceNanos()) / copies;
    }
  }

  private LinkedVisiting() {}

  /** Visits what is asked for, in this order. */
  static VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts) {
    DeviceProfile profile = request.subject().profile();
    return LinkedBlocks.alone(
        profile,
        runtime -> {
          List<String> context = request.subject().context();
          try (LinkedCall reference = LinkedBlocks.reference(runtime, context, profile)) {
            LinkedBlocks blocks = new LinkedBlocks(reference, progress);
            List<String> keys = request.keys();
            for (int i = 0; i < keys.size(); i++) {
              progress.measuring(i, keys.size(), keys.get(i));
              parts.accept(measured(keys.get(i), request, runtime, blocks));
            }
          }
          return new VisitMeasuring.Answer(MachineFingerprint.of(profile).facts());
        });
  }

  private static Visit.Measured measured(
      String key, VisitMeasuring.Request request, LinkedRuntime runtime, LinkedBlocks blocks) {
    Loaded loaded = load(key, request, runtime);
    List<Visit.Block> measured = new ArrayList<>();
    List<Long> calls = new ArrayList<>();
    try (LinkedCall call = loaded.call()) {
      for (int b = 0; b < BLOCKS; b++) {
        LinkedBlocks.Block block = blocks.next(call);
        measured.add(new Visit.Block(loaded.nanos(block), block.referenceNanos()));
        calls.add(block.times().calls());
      }
    }
    return new Visit.Measured(
        key,
        measured,
        JSON.valueToTree(Map.of("key", key, "blocks", measured, "calls", calls)),
        blocks.wasDisturbed() ? Runtime.getRuntime().availableProcessors() : 0);
  }

  private static Loaded load(String key, VisitMeasuring.Request request, LinkedRuntime runtime) {
    VisitMeasuring.Subject subject = request.subject();
    DeviceProfile profile = subject.profile();
    if (key.equals(LatencyTable.CALL)) {
      return new Loaded(
          runtime.withoutOperators(
              subject.image(), subject.classes(), profile, new SplittableRandom(1)),
          0);
    }
    if (VisitMeasuring.Subject.isNetwork(key)) {
      return new Loaded(network(key, request, runtime), 0);
    }
    List<Operator> both = new ArrayList<>();
    for (String neighbour : subject.context()) {
      both.add(Operator.ofKey(neighbour));
      both.add(Operator.ofKey(key));
    }
    return new Loaded(
        runtime.operators(both, profile, new SplittableRandom(1)), subject.context().size());
  }

  private static LinkedCall network(
      String key, VisitMeasuring.Request request, LinkedRuntime runtime) {
    VisitMeasuring.Subject subject = request.subject();
    Path model = Path.of(request.folder()).resolve(key.replace(' ', '-'));
    try {
      UntrainedFile.write(subject.network(key), model, subject.profile(), UntrainedFile.SEED);
      return runtime.exported(model, subject.profile(), new SplittableRandom(1));
    } finally {
      delete(model);
    }
  }

  private static void delete(Path model) {
    try {
      FileTree.delete(model);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + model, e);
    }
  }
}
