package org.proxyless.devices.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.agent.proto.BlockResult;
import org.proxyless.devices.agent.proto.JobEvent;
import org.proxyless.devices.agent.proto.Step;
import org.proxyless.devices.agent.proto.TimingResult;
import org.proxyless.devices.agent.proto.VisitResult;
import org.proxyless.devices.agent.proto.VisitsDone;

/** Results as messages, and back. */
final class Events {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Events() {}

  static JobEvent of(int done, int total, String current) {
    return JobEvent.newBuilder()
        .setStep(Step.newBuilder().setDone(done).setTotal(total).setCurrent(current))
        .build();
  }

  static JobEvent note(String line) {
    return JobEvent.newBuilder().setNote(line).build();
  }

  static JobEvent of(Visit.Measured measured) {
    VisitResult.Builder visit =
        VisitResult.newBuilder()
            .setKey(measured.key())
            .setJmhJson(measured.jmh().toString())
            .setOtherProcessors(measured.otherProcessors());
    measured
        .blocks()
        .forEach(
            block ->
                visit.addBlocks(
                    BlockResult.newBuilder()
                        .setNanos(block.nanos())
                        .setReferenceNanos(block.referenceNanos())));
    return JobEvent.newBuilder().setVisit(visit).build();
  }

  static JobEvent of(VisitMeasuring.Answer answer) {
    return JobEvent.newBuilder()
        .setVisitsDone(VisitsDone.newBuilder().putAllFingerprint(answer.fingerprint()))
        .build();
  }

  static JobEvent of(NetworkMeasuring.Answer answer) {
    NetworkMeasurement network = answer.network();
    return JobEvent.newBuilder()
        .setNetwork(
            TimingResult.newBuilder()
                .setMedianMillis(network.medianMillis())
                .setP95Millis(network.p95Millis())
                .setLow95Millis(network.interval95Millis().low())
                .setHigh95Millis(network.interval95Millis().high())
                .setSamples(network.samples())
                .setReferenceNanos(answer.referenceNanos())
                .setRelativeStandardError(answer.relativeStandardError()))
        .build();
  }

  static Visit.Measured measured(VisitResult visit) {
    try {
      return new Visit.Measured(
          visit.getKey(),
          visit.getBlocksList().stream()
              .map(block -> new Visit.Block(block.getNanos(), block.getReferenceNanos()))
              .toList(),
          JSON.readTree(visit.getJmhJson()),
          visit.getOtherProcessors());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an agent of this version sends JSON", e);
    }
  }

  static NetworkMeasuring.Answer answer(TimingResult timing) {
    return new NetworkMeasuring.Answer(
        new NetworkMeasurement(
            timing.getMedianMillis(),
            timing.getP95Millis(),
            new NetworkMeasurement.Interval(timing.getLow95Millis(), timing.getHigh95Millis()),
            timing.getSamples()),
        timing.getReferenceNanos(),
        timing.getRelativeStandardError());
  }

  /** Whether it is kept until it was heard; of steps the last one is enough. */
  static boolean isKept(JobEvent event) {
    return !event.hasStep();
  }

  /** Whether nothing follows it. */
  static boolean isLast(JobEvent event) {
    return event.hasVisitsDone() || event.hasNetwork();
  }
}
