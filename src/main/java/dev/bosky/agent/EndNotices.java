package dev.bosky.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bosky.boot.Interruption;
import dev.bosky.identity.MetadataService;
import dev.bosky.json.JsonTree;
import java.io.IOException;
import java.util.Optional;

/**
 * Asks the metadata service whether EC2 is about to end this instance: the notice that a spot
 * instance is taken back, two minutes before, and the state to which the auto-scaling group is
 * bringing it.
 *
 * <p>Any thread may call it, one at a time.
 */
public final class EndNotices implements GoingDown.Notices {
  private static final String SPOT = "/latest/meta-data/spot/instance-action";
  private static final String ASG = "/latest/meta-data/autoscaling/target-lifecycle-state";
  private final MetadataService metadata;

  public EndNotices(MetadataService metadata) {
    this.metadata = metadata;
  }

  /** Most instances are of neither kind, and have nothing to tell. */
  @Override
  public Optional<Interruption> find() throws IOException {
    if (metadata.get(SPOT).filter(EndNotices::isAction).isPresent()) {
      return Optional.of(Interruption.SPOT);
    }
    return metadata
        .get(ASG)
        .filter(state -> state.strip().endsWith("Terminated"))
        .map(state -> Interruption.ASG);
  }

  /** {@code {"action":"terminate","time":"…"}}, or stop, or hibernate. */
  private static boolean isAction(String text) {
    try {
      return !JsonTree.read(text).path("action").asText().isEmpty();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
