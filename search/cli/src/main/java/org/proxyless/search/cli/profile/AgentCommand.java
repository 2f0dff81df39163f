package org.proxyless.search.cli.profile;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.RemoteMeasuring;
import org.proxyless.benchmarks.sites.RunningAgent;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.run.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lets other machines measure on this one. */
@Command(
    name = "agent",
    description =
        "Measures on this machine what others ask for who know its token, until it is stopped.")
public final class AgentCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private AgentOptions options;

  @Override
  public Integer call() throws InterruptedException {
    AgentSettings settings = options.settings();
    Progress progress = program.progress();
    try (RunningAgent agent =
        RemoteMeasuring.find("command 'agent'").serve(settings, progress::note)) {
      report(agent, settings);
      agent.await();
    }
    return 0;
  }

  private void report(RunningAgent agent, AgentSettings settings) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("agent     listens on " + agent.address());
    out.println("token     " + agent.token() + " (copy it to whoever may measure here)");
    agent.pin().ifPresent(pin -> out.println("pin       sha256:" + pin));
    if (isLoopback(settings.host())) {
      out.println(
          "elsewhere ssh -N -L "
              + agent.port()
              + ":localhost:"
              + agent.port()
              + " THIS-MACHINE, then agent: localhost:"
              + agent.port());
    } else if (!settings.tls()) {
      program
          .progress()
          .note(
              "Whoever listens on the network can read the token: start it with --tls, or without"
                  + " --bind behind an SSH tunnel");
    }
    out.flush();
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the agent listens there", e);
    }
  }
}
