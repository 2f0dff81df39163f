package org.proxyless.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMemoryTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void thePeakIsInMebibytesAndContainsNativeMemory() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 20); // zeroed, so resident
    assertThat(buffer.get(0)).isZero();
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    assertThat(ProcessMemory.peakMebibytes().orElseThrow())
        .isBetween(64L, machine.getTotalMemorySize() >> 20);
  }
}
