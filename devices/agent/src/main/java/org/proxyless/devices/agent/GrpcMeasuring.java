package org.proxyless.devices.agent;

import java.util.function.Consumer;
import org.proxyless.benchmarks.AgentSettings;
import org.proxyless.benchmarks.MeasuringSite;
import org.proxyless.benchmarks.MeasuringSites;
import org.proxyless.benchmarks.RemoteMeasuring;
import org.proxyless.benchmarks.RunningAgent;
import org.proxyless.devices.AgentAddress;

/** Measuring elsewhere by gRPC. */
public final class GrpcMeasuring implements RemoteMeasuring {
  @Override
  public MeasuringSite connect(AgentAddress agent) {
    return AgentSite.at(agent);
  }

  @Override
  public RunningAgent serve(AgentSettings settings, Consumer<String> log) {
    return AgentServer.start(
        settings, MeasuringSites::here, AgentServer.GRACE, AgentVersion.text(), log);
  }
}
