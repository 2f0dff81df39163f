package org.proxyless.search.cli;

import java.io.IOException;

/** A program with a child process, both of which last until they are interrupted. */
final class Sleeper {
  private Sleeper() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Interruption interruption = Interruption.install(System.err);
    if (arguments.length > 0) {
      interruption.watchParent();
    }
    Process child = new ProcessBuilder("sleep", "600").inheritIO().start();
    System.out.println(ProcessHandle.current().pid() + " " + child.pid());
    child.waitFor();
    Thread.sleep(2_000); // what follows from the child's death would be told here
    System.err.println("the child died");
  }
}
