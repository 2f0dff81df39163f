package org.proxyless.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessWorkTest {
  @Test
  void whatLinuxCountsIsReadWithoutIdleTimeAndWithWhatTheHostTook() {
    assertThat(ProcessWork.busySeconds("cpu  100 10 50 9000 800 5 5 30 0 0").getAsDouble())
        .isEqualTo(2.0);
    assertThat(ProcessWork.busySeconds("intr 5 6 7")).isEmpty();
  }

  /** Started by a shell that ends at once, so it is no child of ours. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherProgramThatSpinsIsSeenAndNamed() throws IOException, InterruptedException {
    Path pid = Files.createTempFile("spinner", ".pid");
    new ProcessBuilder(
            List.of(
                "sh", "-c", "(while :; do :; done) & echo $! > " + pid + "; disown 2>/dev/null"))
        .start()
        .waitFor();
    long id = Long.parseLong(Files.readString(pid).trim());
    try {
      OtherWork.Watch watch = new ProcessWork().watch();
      TimeUnit.MILLISECONDS.sleep(1500);
      WorkLoad load = watch.load();
      assertThat(load.processors()).isGreaterThan(0.2);
      assertThat(load.disturbs()).isTrue();
      assertThat(load.busiest()).isPresent();
      assertThat(ProcessWork.ownProcesses()).doesNotContain(id);
    } finally {
      ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly);
      Files.delete(pid);
    }
  }

  @Test
  void thisProcessAndWhatItStartedAreNotOthers() throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .start();
    try {
      assertThat(ProcessWork.ownProcesses()).contains(ProcessHandle.current().pid(), child.pid());
    } finally {
      child.destroyForcibly();
    }
  }
}
