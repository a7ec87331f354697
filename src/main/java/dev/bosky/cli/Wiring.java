package dev.bosky.cli;

import dev.bosky.agent.ThisBoot;
import dev.bosky.config.ConfigException;
import dev.bosky.config.Distribution;
import dev.bosky.event.EventSettings;
import dev.bosky.identity.IdentityProvider;
import dev.bosky.identity.InstanceDataFile;
import dev.bosky.identity.InstanceIdFile;
import dev.bosky.identity.MetadataIdentity;
import dev.bosky.identity.MetadataService;
import dev.bosky.identity.RegionFinder;
import dev.bosky.identity.ThisInstance;
import dev.bosky.match.PatternLoader;
import dev.bosky.match.Problem;
import dev.bosky.match.Redactor;
import dev.bosky.publish.AwsSettings;
import dev.bosky.publish.DenialPolicy;
import dev.bosky.publish.EventBridgeSink;
import dev.bosky.publish.EventSink;
import dev.bosky.publish.LateSink;
import dev.bosky.publish.SinkException;
import dev.bosky.spool.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds from the options what several commands are made of. Made when a command runs. */
final class Wiring {
  /** A local bus looks at no signature, so any Region will do. */
  private static final String REGION_OF_LOCAL_BUS = "us-east-1";

  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  private final Machine machine;
  private final GlobalOptions options;

  private ThisInstance thisMachine;

  Wiring(Machine machine, GlobalOptions options) {
    this.machine = machine;
    this.options = options;
  }

  /** The boot this process lives in. */
  ThisBoot boot() {
    return ThisBoot.current(machine.clock());
  }

  /** The instance, by the option, by cloud-init's files, by the metadata service. */
  ThisInstance instance() {
    return options.instanceId.isPresent() ? instance(options.instanceId) : thisMachine();
  }

  /**
   * The way to EventBridge.
   *
   * @throws ConfigException if no Region is known, or a setting cannot be right
   */
  EventBridgeSink eventBridge() {
    try {
      AwsSettings aws = aws();
      return open(
          aws,
          region(aws)
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "no Region to send to: give --region or set AWS_REGION"
                              + " (neither the AWS profile nor the instance names one)")));
    } catch (SinkException | IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /**
   * The way to EventBridge for a process that may start before the Region can be known: early in a
   * boot there is neither cloud-init's data nor a network. Until it is known, nothing gets through.
   *
   * @throws ConfigException if a setting cannot be right whatever the Region
   */
  EventSink eventBridgeOnceKnown() {
    try {
      AwsSettings aws = aws();
      Optional<String> region = region(aws);
      if (region.isPresent()) {
        return open(aws, region.get());
      }
      return new LateSink(
          EventBridgeSink.NAME,
          () ->
              open(
                  aws,
                  region(aws)
                      .orElseThrow(
                          () ->
                              new SinkException(
                                  SinkException.Cause.UNAVAILABLE,
                                  "the Region to send to is not known yet:"
                                      + " --region or AWS_REGION would name it"))));
    } catch (SinkException | IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private AwsSettings aws() throws SinkException {
    AwsSettings aws = AwsSettings.from(machine.environment());
    return options.endpointUrl.isPresent() ? aws.withEndpoint(options.endpointUrl.get()) : aws;
  }

  private EventBridgeSink open(AwsSettings aws, String region) throws SinkException {
    ThisBoot boot = boot();
    return EventBridgeSink.open(
        aws.withRegion(region),
        options.bus,
        DenialPolicy.sinceBoot(
            () -> Duration.between(boot.bootStarted(), machine.clock().instant())),
        machine.clock());
  }

  /** The Region to send to; by this machine's own identity, whatever id the user named. */
  private Optional<String> region(AwsSettings aws) {
    boolean local = aws.endpoint().filter(Wiring::isLoopback).isPresent();
    IdentityProvider witness = local ? Optional::empty : thisMachine();
    return new RegionFinder(options.region, machine.environment(), options.bus, witness)
        .find()
        .or(() -> local ? Optional.of(REGION_OF_LOCAL_BUS) : Optional.empty());
  }

  private static boolean isLoopback(URI url) {
    return url.getHost().equals("localhost") || url.getHost().startsWith("127.");
  }

  /** What is the same in every event. */
  EventSettings settings(String patternsHash) {
    Map<String, String> statuses =
        options.statuses.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().label(), Map.Entry::getValue));
    return new EventSettings(
        options.project,
        options.detailType,
        options.bus,
        options.team,
        options.labels,
        statuses,
        Distribution.version(),
        patternsHash);
  }

  /** Masks what everybody calls a secret, and what this machine's own pattern files call one. */
  Redactor redactor() {
    PatternLoader.Loaded loaded = PatternLoader.load(List.of(PatternSources.ofSite(machine)));
    loaded.problems().stream()
        .filter(Problem::isError)
        .forEach(problem -> LOG.warn("{}; what it masks is not masked", problem));
    return loaded.set().redactor();
  }

  /** The folder for all that outlives a process. */
  Path stateFolder(Optional<Path> named) {
    return named.orElseGet(() -> machine.path(StateFolder.DEFAULT_PATH.toString()));
  }

  /** One for all who ask: it remembers what it found. */
  private ThisInstance thisMachine() {
    if (thisMachine == null) {
      thisMachine = instance(Optional.empty());
    }
    return thisMachine;
  }

  private ThisInstance instance(Optional<String> named) {
    Set<String> tags = Set.copyOf(options.tags);
    return new ThisInstance(
        named,
        List.of(
            new InstanceDataFile(machine.path(InstanceDataFile.PATH), tags),
            new InstanceIdFile(machine.path(InstanceIdFile.PATH), boot().bootStarted())),
        metadataService().map(service -> new MetadataIdentity(service, tags)));
  }

  Optional<MetadataService> metadataService() {
    try {
      return MetadataService.of(machine.environment());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }
}
