package dev.bosky.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BelowCloudInitTest {
  private static final String FINAL = "0::/system.slice/cloud-final.service\n";
  private static final String STAT = "4711 (java (x)) S 4000 3990 3990 0 -1 4194304";
  private static final String HEARS = "Name:\tjava\nSigIgn:\t0000000000001000\nSigCgt:\t1\n";

  @TempDir Path self;

  @ParameterizedTest
  @ValueSource(
      strings = {
        FINAL,
        "3:cpu:/\n1:name=systemd:/system.slice/cloud-final.service\n0::/\n",
        "0::/system.slice/cloud-final.service/inner\n"
      })
  void waitingUnit_isFound_inBothVersionsOfControlGroups(String cgroup) throws IOException {
    process(cgroup, STAT, HEARS);

    assertEquals(Optional.of("cloud-final.service"), BelowCloudInit.waitingUnit(self));
  }

  @Test
  void waitingUnit_isTheOneProcessOfNewerVersions() throws IOException {
    process("0::/system.slice/cloud-init-main.service\n", STAT, HEARS);

    assertEquals(Optional.of("cloud-init-main.service"), BelowCloudInit.waitingUnit(self));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/system.slice/bosky.service\n",
        "0::/user.slice\n",
        "0::/cloud-final.services\n"
      })
  void waitingUnit_isNone_elsewhere(String cgroup) throws IOException {
    process(cgroup, STAT, HEARS);

    assertEquals(Optional.empty(), BelowCloudInit.waitingUnit(self));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4711 (java) S 4000 4711 4711 0 -1 4194304",
        "4711 (java) S 1 3990 3990 0 -1 4194304"
      })
  void waitingUnit_isNone_withASessionOfItsOwnOrWithoutAParent(String stat) throws IOException {
    process(FINAL, stat, HEARS);

    assertEquals(Optional.empty(), BelowCloudInit.waitingUnit(self));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000001001", "0000000000000006"})
  void waitingUnit_isNone_inTheBackground(String ignored) throws IOException {
    process(FINAL, STAT, "SigIgn:\t" + ignored + "\n");

    assertEquals(Optional.empty(), BelowCloudInit.waitingUnit(self));
  }

  @Test
  void waitingUnit_isNone_whereTheKernelTellsNothing() {
    assertEquals(Optional.empty(), BelowCloudInit.waitingUnit(self.resolve("absent")));
  }

  private void process(String cgroup, String stat, String status) throws IOException {
    Files.writeString(self.resolve("cgroup"), cgroup);
    Files.writeString(self.resolve("stat"), stat);
    Files.writeString(self.resolve("status"), status);
  }
}
