package dev.bosky.spool;

/**
 * How much may wait.
 *
 * @param maxEvents events
 * @param maxBytes bytes of their files together
 * @param maxEventBytes bytes of a single event's file; a larger event is given up
 * @param maxUnsavedBytes bytes of events that could not be written and are held in memory
 */
public record SpoolLimits(int maxEvents, long maxBytes, int maxEventBytes, long maxUnsavedBytes) {
  /** On a disk: hours of a boot that talks far too much. */
  public static final SpoolLimits DISK = new SpoolLimits(20_000, 64L << 20, 8 << 20, 16L << 20);

  /** Where there is only memory, which belongs to the boot. */
  public static final SpoolLimits MEMORY = new SpoolLimits(5_000, 16L << 20, 8 << 20, 16L << 20);

  public SpoolLimits {
    if (maxEvents < 1 || maxBytes < 1 || maxEventBytes < 1 || maxUnsavedBytes < 1) {
      throw new IllegalArgumentException("limits of the spool begin at 1");
    }
  }
}
