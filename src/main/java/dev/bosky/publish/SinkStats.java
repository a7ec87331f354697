package dev.bosky.publish;

/**
 * What one sink has done since the start.
 *
 * @param requests requests made
 * @param delivered events taken
 * @param refused times an event was refused and kept for another try
 * @param rejected events that became dead letters, or were parked where no letter could be written
 * @param failures requests that got nothing through
 * @param trouble the failure that goes on, in words; empty if there is none
 */
public record SinkStats(
    long requests, long delivered, long refused, long rejected, long failures, String trouble) {}
