package dev.bosky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.spool.DiskStorage;
import dev.bosky.spool.Requests;
import dev.bosky.testing.CommandResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call that handed over makes of what becomes of the agent, and of itself. */
class HandOverAnswerTest extends LauncherAndInbox {
  @Test
  void answer_isWhatTheAgentSays() throws Exception {
    Process call = start("-i", "hello");
    Requests.Request request = awaitOne(call);
    requests.done(request);
    requests.sent(request.name(), "id-1");
    assertEquals(new CommandResult(0, "sent info event id-1\n", ""), end(call));

    call = start("-f", "hello");
    request = awaitOne(call);
    requests.done(request);
    requests.refused(request.name(), "Not\\c yours: \\n%s");
    assertEquals(
        new CommandResult(1, "", "bosky: EventBridge refused the event: Not\\c yours: \\n%s\n"),
        end(call));
    assertEquals(List.of("open"), new DiskStorage().list(inbox));
  }

  @Test
  void agentThatIsKilled_keepsWhatItHasTaken() throws Exception {
    Process call = start("-i", "hello");
    Requests.Request request = awaitOne(call);
    agent.destroyForcibly().waitFor();
    CommandResult result = end(call);
    assertEquals(4, result.exitCode(), result.toString());
    assertEquals(List.of(request), requests.take(), "for the next agent");
  }

  @Test
  void agentThatEnds_answersAtTheVeryLast() throws Exception {
    for (String answer : List.of("sent", "refused")) {
      Process call = start("-i", "hello");
      Requests.Request request = awaitOne(call);
      signal(call, "STOP");
      requests.done(request);
      if (answer.equals("sent")) {
        requests.sent(request.name(), "id-1");
      } else {
        requests.refused(request.name(), "no");
      }
      agent.destroyForcibly().waitFor();
      signal(call, "CONT");
      assertEquals(answer.equals("sent") ? 0 : 1, end(call).exitCode());
      close();
      open();
    }
  }

  @Test
  void agentThatCloses_leavesTheRequestToTheCall() throws Exception {
    Process call = start("-i", "hello");
    while (call.isAlive() && new DiskStorage().list(inbox).size() < 2) {
      Thread.onSpinWait();
    }
    requests.close();
    CommandResult result = end(call);
    assertTrue(result.err().contains("lib/bosky.jar"), result.toString());
    assertEquals(List.of(), new DiskStorage().list(inbox));
  }

  @Test
  void callThatIsKilled_hasLeftItsMessage() throws Exception {
    for (String signal : List.of("TERM", "INT", "HUP", "KILL")) {
      Process call = start("-i", signal);
      awaitOne(call);
      signal(call, signal);
      call.waitFor();
      assertEquals(signal, takeOne().text());
    }
  }
}
