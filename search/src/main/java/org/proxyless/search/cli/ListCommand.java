package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.proxyless.search.run.StrategyKind;
import org.proxyless.search.space.SearchSpaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which values options can take. */
@Command(name = "list", description = "Lists what can be chosen.")
final class ListCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(),
        "list what? One of " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  @Command(description = "Lists the search spaces that ship.")
  int spaces() {
    return print(
        SearchSpaces.names().stream()
            .collect(
                Collectors.toMap(
                    name -> name, SearchSpaces::description, (a, b) -> a, LinkedHashMap::new)));
  }

  @Command(description = "Lists the ways to search.")
  int strategies() {
    return print(
        Arrays.stream(StrategyKind.values())
            .collect(
                Collectors.toMap(
                    StrategyKind::toString,
                    StrategyKind::description,
                    (a, b) -> a,
                    LinkedHashMap::new)));
  }

  private int print(Map<String, String> descriptions) {
    PrintWriter out = spec.commandLine().getOut();
    int longest = descriptions.keySet().stream().mapToInt(String::length).max().orElse(0);
    descriptions.forEach(
        (name, description) -> out.printf("%-" + longest + "s  %s%n", name, description));
    return 0;
  }
}
