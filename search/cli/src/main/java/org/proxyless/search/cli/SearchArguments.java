package org.proxyless.search.cli;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.search.SearchCommand;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What words behind {@code search} mean, without searching. */
public final class SearchArguments {
  private SearchArguments() {}

  /**
   * The settings that a search with these words would have.
   *
   * @throws InvalidInputException if a word is no option of {@code search}, or a value breaks a
   *     rule
   */
  public static SearchSettings settings(List<String> words) {
    CommandLine program = Main.commandLine();
    List<String> all = new ArrayList<>(List.of("search"));
    all.addAll(words);
    try {
      program.parseArgs(all.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new InvalidInputException(Failures.mistake(e), e);
    }
    SearchCommand search = program.getSubcommands().get("search").getCommand();
    return search.settings();
  }
}
