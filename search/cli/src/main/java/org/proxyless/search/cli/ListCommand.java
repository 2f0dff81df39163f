package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.space.PublishedNetworks;
import org.proxyless.search.space.SearchSpaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says which names the options take. */
@Command(name = "list", description = "Lists what can be chosen.")
final class ListCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "list what? One of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  @Command(description = "Lists the search spaces that ship.")
  void spaces() {
    print(SearchSpaces.names(), SearchSpaces::description);
  }

  @Command(description = "Lists the published networks that ship.")
  void networks() {
    print(PublishedNetworks.names(), name -> PublishedNetworks.read(name).description());
  }

  @Command(description = "Lists the device profiles that ship.")
  void devices() {
    print(DeviceProfiles.names(), ListCommand::device);
  }

  @Command(description = "Lists the data sets and the files they need.")
  void datasets() {
    print(Datasets.names(), Datasets::description);
  }

  @Command(description = "Lists the ways to search.")
  void strategies() {
    List<String> names = StrategyKind.all().stream().map(StrategyKind::toString).toList();
    print(names, name -> StrategyKind.of(name).description());
  }

  private static String device(String name) {
    DeviceProfile profile = DeviceProfiles.load(name);
    return String.format(
        Locale.ROOT,
        "%s, %s, %s, batch %d",
        profile.kind(),
        profile.runtime().toString().toLowerCase(Locale.ROOT),
        profile.threads() == 1 ? "1 thread" : profile.threads() + " threads",
        profile.batch());
  }

  private void print(List<String> names, Function<String, String> description) {
    PrintWriter out = spec.commandLine().getOut();
    int longest = names.stream().mapToInt(String::length).max().orElseThrow();
    for (String name : names) {
      out.println(name + " ".repeat(longest - name.length() + 2) + description.apply(name));
    }
    out.flush();
  }
}
