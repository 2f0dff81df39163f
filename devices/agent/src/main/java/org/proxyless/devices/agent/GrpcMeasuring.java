package org.proxyless.devices.agent;

import java.util.function.Consumer;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.MeasuringSite;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.sites.RemoteMeasuring;
import org.proxyless.benchmarks.sites.RunningAgent;
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
