package dev.bosky.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bosky.event.Kind;
import dev.bosky.spool.Spooled;
import dev.bosky.spool.StateFile;
import dev.bosky.spool.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the agent of a state folder is, as its checkpoint and its folders tell. The agent may be
 * at work: a checkpoint is at most a second old, and the counts are of moments close together.
 *
 * @param agent the process that has the folder open; empty if none has
 * @param readLines lines read in the files that are followed still
 * @param readBytes bytes read in them
 * @param matched lines that a marker took
 * @param suppressed how many of them were over a limit, and made no event
 * @param sent events of this boot that were made and neither wait, nor are dead, nor lost
 * @param waiting events that wait, whoever made them
 * @param dead events that can never be delivered
 * @param lost events that gave way, or could not be read again
 * @param verdict this boot's verdict; empty if there is none yet
 */
public record BootStatus(
    OptionalLong agent,
    String instanceId,
    String bootId,
    long readLines,
    long readBytes,
    long matched,
    long suppressed,
    long sent,
    int waiting,
    int dead,
    long lost,
    String verdict) {

  /**
   * Looks into a folder; takes no lock, and changes nothing.
   *
   * @return empty if no agent has saved a checkpoint there, or none that this build can read
   * @throws IOException if the folder cannot be read
   */
  public static Optional<BootStatus> read(Path folder) throws IOException {
    // What is sent meanwhile is then counted as waiting, not lost from sight.
    List<Spooled> waiting = StateFolder.waitingIn(folder);
    if (StateFolder.documentIn(folder, Checkpoint.NAME, Checkpoint.VERSION)
        instanceof StateFile.Content.Present present) {
      return Optional.of(of(folder, waiting, present.document()));
    }
    return Optional.empty();
  }

  private static BootStatus of(Path folder, List<Spooled> waiting, JsonNode checkpoint)
      throws IOException {
    JsonNode pipeline = checkpoint.path("pipeline");
    JsonNode counts = pipeline.at("/session/counts");
    int dead = StateFolder.deadLettersOf(folder).list().size();
    long lost = StateFolder.lostIn(folder);
    long waitingOfAgent =
        waiting.stream().filter(spooled -> spooled.event().kind() != Kind.MESSAGE).count();
    long made = pipeline.path("sequence").asLong();
    return new BootStatus(
        StateFolder.agentIn(folder),
        checkpoint.path("instance").asText(),
        checkpoint.path("boot").asText(),
        overAllFiles(checkpoint, "lines"),
        overAllFiles(checkpoint, "read"),
        counts.path("info").asLong()
            + counts.path("fail").asLong()
            + counts.path("success").asLong(),
        counts.path("suppressed").asLong(),
        Math.max(0, made - waitingOfAgent - dead - lost),
        waiting.size(),
        dead,
        lost,
        pipeline.at("/boot/verdict").asText());
  }

  private static long overAllFiles(JsonNode checkpoint, String field) {
    long sum = 0;
    for (JsonNode log : checkpoint.path("logs")) {
      for (JsonNode file : log.path("files")) {
        sum += file.path(field).asLong();
      }
    }
    return sum;
  }
}
