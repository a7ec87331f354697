package dev.bosky.source;

import java.io.IOException;
import java.nio.file.Path;

/** Between looking at a file and opening it another one took its name: look again. */
final class RenamedMeanwhileException extends IOException {
  RenamedMeanwhileException(Path path) {
    super(path + " was renamed or replaced while it was opened");
  }
}
