package dev.bosky;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.spool.Requests;
import dev.bosky.testing.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the launcher hands over to an agent, and what it does not. */
class HandOverLauncherTest extends LauncherAndInbox {
  /** Calls the launcher with what is in the file as its last word. */
  private static final String WITH_MESSAGE_OF =
      "message=$(cat \"$0\"; printf x); exec \"$@\" \"${message%x}\"";

  @Test
  void message_arrivesByteForByte() throws Exception {
    List<byte[]> messages = new ArrayList<>();
    for (String text :
        List.of(
            "hello",
            "two\nlines\n\n",
            "\n\nbosky-request 1\nstatus fail\n\nx",
            "it's \"50%\" %s %n \\n \\c \\0101 $HOME ${x} `id` $(id) !! * ~ ; & | < >",
            "tab\tbell\u0007 escape\u001b[31m return\rback\b",
            " leading and trailing ",
            "größe 漢字 🚀",
            "x".repeat(131_071))) {
      messages.add(text.getBytes(UTF_8));
    }
    messages.add("no UTF-8: \u00ff\u00fe\u0080 \u00c3".getBytes(ISO_8859_1));
    Random random = new Random(20261129);
    for (int i = 0; i < 30; i++) {
      byte[] bytes = new byte[1 + random.nextInt(300)];
      random.nextBytes(bytes);
      bytes[0] = 'x';
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = bytes[at] == 0 ? (byte) '\n' : bytes[at];
      }
      messages.add(bytes);
    }
    for (byte[] message : messages) {
      Path file = Files.write(folder.resolve("message"), message);

      CommandResult result =
          run(
              Map.of(),
              words("/bin/sh", "-c", WITH_MESSAGE_OF, file.toString()),
              "--no-wait",
              "--fail");

      assertEquals(new CommandResult(0, "", ""), result);
      Requests.Request request = takeOne();
      assertEquals(new String(message, UTF_8), request.text());
      assertEquals("fail", request.status());
      assertEquals(Optional.of(BOOT), request.bootId());
      assertTrue(request.uptimeSeconds().orElse(-1) > 0);
      assertEquals(Optional.empty(), request.project());
    }
  }

  @Test
  void status_andProject_areThoseOfTheWords() throws Exception {
    for (String word :
        List.of(
            "-i info",
            "--info info",
            "-f fail",
            "-p success",
            "--success success",
            "--pass success")) {
      assertEquals(0, call(word.split(" ")[0], "hello", "--no-wait").exitCode());
      assertEquals(word.split(" ")[1], takeOne().status());
    }
    for (String project : List.of("shop", "it's $x", " a  b ", "größe", "a\\nb", "a\rb", "a=b")) {
      for (String name : List.of("", "--project=")) {
        // By a file: without a locale, Java cannot give a process such words.
        Path file = Files.writeString(folder.resolve("project"), name + project);
        List<String> words = words("/bin/sh", "-c", WITH_MESSAGE_OF, file.toString());
        String[] call = {"-i", "hello", "--no-wait", "--project"};
        int count = name.isEmpty() ? call.length : call.length - 1;

        assertEquals(0, run(Map.of(), words, Arrays.copyOf(call, count)).exitCode());
        assertEquals(Optional.of(project), takeOne().project());
      }
    }
  }

  @Test
  void environment_ofTheProjectAlone_isTaken() throws Exception {
    for (Map<String, String> own :
        List.of(
            Map.of("BOSKY_PROJECT", "it's new", "BOSKEY_PROJECT", "old"),
            Map.of("BOSKY_PROJECT", "", "BOSKEY_PROJECT", "it's new"),
            // Odd ones of others change nothing.
            Map.of("BOSKY_PROJECT", "it's new", "A", "%s\\n\n'\"\nexport X=1\n$(id)", "B.C-D", "1"),
            Map.of("BOSKY_PROJECT", "it's new", "BASH_FUNC_mv%%", "() {  echo gotcha\n}"),
            Map.of("BOSKY_PROJECT", "it's new", "status", "x", "message", "y", "wait", "no"))) {
      assertEquals(new CommandResult(0, "", ""), run(own, words(), "-i", "hello", "--no-wait"));
      assertEquals(Optional.of("it's new"), takeOne().project(), own.toString());
    }
    assertEquals(
        0,
        run(Map.of("BOSKY_PROJECT", "a$b"), words(), "-i", "x", "--project=p", "--no-wait")
            .exitCode());
    assertEquals(Optional.of("p"), takeOne().project());
  }

  @Test
  void anythingUnusual_goesTheLongWay() throws Exception {
    for (Map<String, String> variable :
        List.of(
            Map.of("BOSKY_DISABLED", "1"),
            Map.of("BOSKY_JAVA", "/opt/java"),
            Map.of("BOSKY_PROJECT", "a\nb"),
            Map.of("BOSKY_PROJECT", "${x}"),
            Map.of("BOSKEY_TEAM", "a"),
            Map.of("AWS_REGION", ""),
            Map.of("AWS_CA_BUNDLE", "/x"),
            Map.of("X", "a\nexport BOSKY_BUS=b"))) {
      assertLongWay(run(variable, words(), "-i", "hello"));
    }
    for (String line :
        List.of(
            "hello",
            "status",
            "-i",
            "-i -",
            "-i two words",
            "-i -f both",
            "-i -i twice",
            "-i=x",
            "-ix",
            "-i x --team=a",
            "-i x --quiet",
            "-i x --",
            "-i x --project",
            "-i x --project=",
            "-i x --project -i",
            "-i x --project agent",
            "-i x --project=a --project=b",
            "-i x --no-wait --no-wait",
            "-i x --help")) {
      assertLongWay(call(line.split(" ")));
    }
    assertLongWay(call("-i", ""));
    assertLongWay(call("-i", "x", "--project", "a\nb"));
  }

  @Test
  void noAgent_goesTheLongWay() throws Exception {
    requests.open(agent.pid(), began(agent.pid()), "another-boot");
    assertLongWay(call("-i", "of another boot", "--no-wait"));
    requests.open(agent.pid(), "1", BOOT);
    assertLongWay(call("-i", "to another process of that id", "--no-wait"));
    requests.open(agent.pid(), began(agent.pid()), BOOT);
    assertEquals(0, call("-i", "hello", "--no-wait").exitCode());
    takeOne();
    agent.destroyForcibly().waitFor();
    assertLongWay(call("-i", "to nobody", "--no-wait"));
    Files.writeString(inbox.resolve("open"), "");
    assertLongWay(call("-i", "to an agent that says nothing", "--no-wait"));
    requests.close();
    assertLongWay(call("-i", "to none at all"));
  }

  @Test
  void noRoom_goesTheLongWayAndLeavesNothing() throws Exception {
    // The shell's own limit for files: writing fails as on a full disk.
    String full = "(trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\") 2>&1 | cat >&2; exit 1";
    assertLongWay(run(Map.of(), words("/bin/sh", "-c", full), "-i", "hello", "--no-wait"));
  }

  /**
   * Only root and the agent's own user can; a call of root must not write where such a link leads.
   */
  @Test
  void linkThatIsPlanted_isNotFollowed() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "as it was");
    String plant =
        """
        read -r up _ </proc/uptime
        s=${up%.*} i=0
        while [ $i -lt 300 ]; do
          n=$((s + i / 100)).$((i / 10 % 10))$((i % 10))
          ln -s "$1" "$0/call-$$-$n.new"
          i=$((i + 1))
        done
        shift
        exec "$@"
        """;

    CommandResult result =
        run(
            Map.of(),
            words("/bin/sh", "-c", plant, inbox.toString(), target.toString()),
            "-i",
            "hello",
            "--no-wait");

    assertTrue(result.err().contains("lib/bosky.jar"), result.toString());
    assertEquals("as it was", Files.readString(target));
    assertEquals(List.of(), requests.take());
  }
}
