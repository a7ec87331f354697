package dev.bosky.spool;

import static dev.bosky.spool.StateFileTest.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bosky.spool.StateFile.Content;
import dev.bosky.testing.FaultyStorage;
import dev.bosky.testing.FaultyStorage.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Stops at every storage call of a save: afterwards it is the old document or the new, whole. */
final class StateFileCrashTest {
  private static final Path FILE = Path.of("/state/checkpoint.json");

  @Test
  void save_stoppedAnywhereLeavesTheOldOrTheNew() throws IOException {
    for (boolean power : new boolean[] {false, true}) {
      for (Fault fault : new Fault[] {Fault.STOP, Fault.STOP_AFTER}) {
        int stops = 0;
        for (int call = 1; stopsAt(call, fault, power); call++) {
          stops++;
        }
        assertEquals(4, stops, "create, force, move, force of the folder");
      }
    }
  }

  private static boolean stopsAt(int call, Fault fault, boolean power) throws IOException {
    MemoryStorage disk = new MemoryStorage();
    FaultyStorage storage = new FaultyStorage(disk);
    StateFile file = new StateFile(storage, FILE, 1);
    file.save(json("{'n':1}"));
    storage.at(call, fault);
    boolean returned = false;
    try {
      file.save(json("{'n':2}"));
      returned = true;
    } catch (FaultyStorage.Stopped e) {
      // As planned.
    }
    if (power) {
      storage.losePower();
    }

    String where = fault + " at call " + call + (power ? ", power lost" : "");
    Content.Present found =
        assertInstanceOf(Content.Present.class, new StateFile(disk, FILE, 1).load(), where);
    int n = found.document().path("n").asInt();
    assertTrue(n == 2 || (n == 1 && !returned), where + ": found " + n);
    return !returned;
  }
}
