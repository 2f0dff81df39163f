package org.proxyless.search.sweep;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.proxyless.search.sweep.cell.CellCommand;

/**
 * How cells start the program.
 *
 * @param program its first words
 */
public record Launch(List<String> program) {
  private static final String MAIN = "org.proxyless.search.cli.Main";

  /** What both launchers of the program set, and that a cell does not outlive its sweep. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TF_CPP_MIN_LOG_LEVEL", "2",
          "TF_ENABLE_ONEDNN_OPTS", "0",
          "TF_CPU_ALLOCATOR_USE_BFC", "true",
          "MALLOC_ARENA_MAX", "1",
          "PROXYLESS_ENDS_WITH_PARENT", "true");

  /** A start script that is in the same place on every machine. */
  public static Launch script(Path script) {
    return new Launch(List.of(script.toString()));
  }

  /** The program as it runs here: with this Java, these options, this class path. */
  public static Launch likeThisProcess() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(Launch::isOfEveryProcess)
        .forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    return new Launch(words);
  }

  /** What is opened of the JDK is for Spark; an agent or the mark of Maven is for this process. */
  private static boolean isOfEveryProcess(String option) {
    return !option.startsWith("--add-")
        && !option.startsWith("-agentlib")
        && !option.startsWith("-javaagent")
        && !option.startsWith("-Dproxyless.startedByMaven");
  }

  /** What runs a cell of a sweep. */
  CellCommand of(Cell cell, SweepFolder folder) {
    String run = folder.run(cell.id()).toString();
    List<String> anew = new ArrayList<>(List.of("search"));
    anew.addAll(cell.arguments());
    anew.addAll(List.of("--no-measure", "--out=" + run));
    return new CellCommand(
        program,
        new TreeMap<>(ENVIRONMENT),
        anew,
        List.of("search", "--no-measure", "--resume=" + run),
        run,
        folder.log(cell.id()).toString());
  }
}
