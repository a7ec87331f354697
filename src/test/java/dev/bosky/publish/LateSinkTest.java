package dev.bosky.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bosky.testing.Events;
import dev.bosky.testing.RecordingSink;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LateSinkTest {
  private static final SinkException NOT_YET =
      new SinkException(SinkException.Cause.UNAVAILABLE, "not yet");

  @Test
  void send_passesNothingUntilTheSinkBehindIsThereAndOpensItOnce() throws SinkException {
    RecordingSink behind = new RecordingSink("eventbridge");
    Queue<EventSink> attempts = new ArrayDeque<>(List.of(behind));
    boolean[] ready = {false};
    LateSink sink =
        new LateSink(
            "eventbridge",
            () -> {
              if (!ready[0]) {
                throw NOT_YET;
              }
              return attempts.remove();
            });

    assertEquals("eventbridge", sink.name());
    assertEquals(NOT_YET, assertThrows(SinkException.class, () -> sink.send(Events.infos("a", 1))));
    ready[0] = true;
    sink.send(Events.infos("a", 1));
    sink.send(Events.infos("b", 1));

    assertEquals(List.of("a-1", "b-1"), behind.ids());
  }

  @Test
  void close_isHarmlessBeforeTheFirstRequest() {
    new LateSink(
            "eventbridge",
            () -> {
              throw NOT_YET;
            })
        .close();
  }
}
