package org.proxyless.search.cli;

import java.util.List;
import java.util.Map;
import org.proxyless.search.run.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    List<String> lines = Versions.inForce().entrySet().stream().map(ProgramVersion::line).toList();
    return lines.toArray(String[]::new);
  }

  private static String line(Map.Entry<String, String> version) {
    return version.getKey() + " " + version.getValue();
  }
}
