package org.proxyless.search.cli.options;

import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;

/** What the user said to the program as a whole, for the command that is run. */
public interface ProgramOptions {
  /** Exit code of what the user can put right. */
  int USERS_MISTAKE = 2;

  /** Exit code of what the user cannot. */
  int OUR_DEFECT = 1;

  /** Asks the command to stop where it can be gone on with. */
  StopSignal stop();

  /** Shows how far a command is, as much as the user asked for. */
  Progress progress();
}
