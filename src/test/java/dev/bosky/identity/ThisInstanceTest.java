package dev.bosky.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ThisInstanceTest {
  private static final InstanceIdentity SPARSE = InstanceIdentity.of("i-0abc");
  private static final InstanceIdentity RICH =
      new InstanceIdentity(
          Optional.of("i-0abc"),
          Optional.of("eu-west-1"),
          Optional.of("eu-west-1a"),
          Optional.of("123456789012"),
          Optional.of("t3.small"),
          Optional.of("ami-0abc"),
          Optional.of("ip-10-0-0-1"),
          Optional.of("pay-web"),
          Map.of("team", "payments"));

  @Test
  void find_believesTheNamedIdWithoutANetwork() {
    Answers metadata = new Answers(Optional.of(RICH));

    assertEquals(
        Optional.of(InstanceIdentity.of("i-9")),
        instance(Optional.of("i-9"), new Answers(Optional.empty()), metadata).find());
    assertEquals(0, metadata.asked);
  }

  @Test
  void find_tellsTheRestOfTheNamedInstanceIfTheFilesSpeakOfIt() {
    Answers file = new Answers(Optional.of(RICH));
    Answers metadata = new Answers(Optional.empty());

    assertEquals(Optional.of(RICH), instance(Optional.of("i-0abc"), file, metadata).find());
    assertEquals(
        Optional.of(InstanceIdentity.of("i-9")),
        instance(Optional.of("i-9"), file, metadata).find());
  }

  @Test
  void find_asksNobodyElseWhereTheFilesTellAll() {
    Answers metadata = new Answers(Optional.of(SPARSE));

    assertEquals(
        Optional.of(RICH),
        instance(Optional.empty(), new Answers(Optional.of(RICH)), metadata).find());
    assertEquals(0, metadata.asked);
  }

  @Test
  void find_completesWhatTheFilesLeaveOut() {
    assertEquals(
        Optional.of(RICH),
        instance(Optional.empty(), new Answers(Optional.of(SPARSE)), new Answers(Optional.of(RICH)))
            .find());
  }

  @Test
  void find_doesNotMixTwoInstances() {
    InstanceIdentity local = InstanceIdentity.of("i-9");

    assertEquals(
        Optional.of(local),
        instance(Optional.empty(), new Answers(Optional.of(local)), new Answers(Optional.of(RICH)))
            .find());
  }

  @Test
  void find_asksNoMetadataServiceAboutAnotherCloudsInstance() {
    InstanceIdentity local = InstanceIdentity.of("vm-17");
    Answers metadata = new Answers(Optional.of(RICH));

    assertEquals(
        Optional.of(local),
        instance(Optional.empty(), new Answers(Optional.of(local)), metadata).find());
    assertEquals(0, metadata.asked);
  }

  @Test
  void find_isEmptyUntilSomeoneKnowsAndThenStays() {
    Answers metadata = new Answers(Optional.empty(), Optional.of(RICH));
    ThisInstance instance = instance(Optional.empty(), new Answers(Optional.empty()), metadata);

    assertEquals(Optional.empty(), instance.find());
    Optional<InstanceIdentity> found = instance.find();
    assertEquals(Optional.of(RICH), found);
    assertSame(found, instance.find());
    assertEquals(2, metadata.asked);
  }

  @Test
  void find_managesWithoutAMetadataService() {
    ThisInstance instance =
        new ThisInstance(
            Optional.empty(),
            List.of(new Answers(Optional.empty()), new Answers(Optional.of(SPARSE))),
            Optional.empty());

    assertEquals(Optional.of(SPARSE), instance.find());
  }

  private static ThisInstance instance(
      Optional<String> named, IdentityProvider file, IdentityProvider metadata) {
    return new ThisInstance(named, List.of(file), Optional.of(metadata));
  }

  /** Gives answers told in advance, the last one for ever, and counts the questions. */
  private static final class Answers implements IdentityProvider {
    private final Queue<Optional<InstanceIdentity>> answers;
    private int asked;

    Answers(Optional<InstanceIdentity> always) {
      this(always, always);
    }

    Answers(Optional<InstanceIdentity> first, Optional<InstanceIdentity> then) {
      this.answers = new ArrayDeque<>(List.of(first, then));
    }

    @Override
    public Optional<InstanceIdentity> find() {
      asked++;
      return answers.size() > 1 ? answers.remove() : answers.peek();
    }
  }
}
