package dev.bosky.source;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/** Opens a file that was found; tests put disk faults in its place. */
interface FileOpener {
  /** The real one. */
  FileOpener DISK = FileOpener::openOnDisk;

  /**
   * Opens that very file for reading.
   *
   * @throws RenamedMeanwhileException if another file stands at its path by now
   */
  SeekableByteChannel open(FoundFile file) throws IOException;

  private static SeekableByteChannel openOnDisk(FoundFile file) throws IOException {
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(file.path());
    } catch (NoSuchFileException e) {
      throw new RenamedMeanwhileException(file.path());
    }
    // A channel does not tell its inode. If the path still has the one seen before, the channel
    // opened in between has it too: an inode that is open or named is not given out anew.
    try {
      if (FoundFile.at(file.path()).key().equals(file.key())) {
        return channel;
      }
    } catch (NoSuchFileException e) {
      // Gone by now: told below.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new RenamedMeanwhileException(file.path());
  }
}
