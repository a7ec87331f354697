package dev.bosky.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputLogsTest {
  @TempDir Path etc;

  private List<Path> configured(String config) throws IOException {
    Files.writeString(etc.resolve("cloud.cfg"), config);
    return OutputLogs.configured(etc, etc.resolve("absent"));
  }

  private static List<Path> paths(String... names) {
    return List.of(names).stream().map(Path::of).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          output: {all: '| tee -a /var/log/a.log'};                             /var/log/a.log
          output: {all: '>> /var/log/a.log'};                                   /var/log/a.log
          output: {all: '>/var/log/a.log'};                                     /var/log/a.log
          output: {all: /var/log/a.log};                                        /var/log/a.log
          output: {all: ['> /var/log/a.log', '&1']};                            /var/log/a.log
          output: {all: {output: '>> /var/log/a.log', error: '&1'}};            /var/log/a.log
          output: {final: '| tee -a /var/log/a.log >/dev/console'};             /var/log/a.log
          output: {all: '| cat >> /var/log/a.log'};                             /var/log/a.log
          """)
  void configured_readsEveryForm(String config, String file) throws IOException {
    assertEquals(paths(file.strip()), configured(config));
  }

  @Test
  void configured_readsOutputAndErrorOfEachStage() throws IOException {
    assertEquals(
        paths("/i.out", "/i.err", "/f.out", "/f.err", "/all"),
        configured(
            """
            output:
              init: {output: '> /i.out', error: '> /i.err'}
              final: ['>> /f.out', '>> /f.err']
              all: '| tee /all'
            """));
  }

  @Test
  void configured_letsLaterFilesAndUserDataWin() throws IOException {
    Path folder = Files.createDirectory(etc.resolve("cloud.cfg.d"));
    Files.writeString(etc.resolve("cloud.cfg"), "output: {all: '>> /first'}");
    Files.writeString(folder.resolve("05_logging.cfg"), "output: {all: '>> /second'}");
    assertEquals(paths("/second"), OutputLogs.configured(etc, etc.resolve("absent")));

    Path user = Files.writeString(etc.resolve("user"), "#cloud-config\noutput: {all: '>> /third'}");
    assertEquals(paths("/third"), OutputLogs.configured(etc, user));
  }

  @Test
  void configured_isEmptyWithoutASettingOrWithABrokenFile() throws IOException {
    assertEquals(List.of(), configured("users: [default]"));
    assertEquals(List.of(), configured("output: {all: ["));
    assertEquals(List.of(), configured("output: nonsense"));
    assertEquals(List.of(), configured(""));
    assertEquals(List.of(), configured("output: {all: relative.log}"));
    assertEquals(List.of(), OutputLogs.configured(etc.resolve("none"), etc.resolve("none")));
  }

  private static List<Path> ofScript(String text) {
    return OutputLogs.ofScripts(
        List.of(new Script("part-001", Stage.MODULES_FINAL, text.lines().toList(), List.of())));
  }

  @Test
  void ofScripts_findsWhereExecSendsTheOutput() {
    String log = "/var/log/user-data.log";

    assertEquals(
        paths(log),
        ofScript("exec > >(tee " + log + "|logger -t user-data -s 2>/dev/console) 2>&1"));
    assertEquals(paths(log), ofScript("set -x; exec > >(tee -a " + log + ") 2>&1"));
    assertEquals(paths(log), ofScript("exec >> " + log + " 2>&1"));
    assertEquals(paths(log), ofScript("exec &> " + log));
    assertEquals(paths(log), ofScript("exec 1>" + log));
  }

  @Test
  void ofScripts_followsPlainVariables() {
    assertEquals(
        paths("/var/log/x.log"), ofScript("LOG=/var/log/x.log\nexec > >(tee -a \"$LOG\") 2>&1"));
    assertEquals(paths("/var/log/x.log"), ofScript("D=\"/var/log\"\nexec >${D}/x.log"));
  }

  @Test
  void ofScripts_leavesOtherRedirectionsAlone() {
    assertEquals(List.of(), ofScript("echo exec > /etc/motd"));
    assertEquals(List.of(), ofScript("exec > /dev/console 2>&1"));
    assertEquals(List.of(), ofScript("# exec > /var/log/x.log"));
    assertEquals(List.of(), ofScript("exec /usr/bin/app"));
  }
}
