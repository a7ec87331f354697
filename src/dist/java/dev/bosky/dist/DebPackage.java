package dev.bosky.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vafer.jdeb.Console;
import org.vafer.jdeb.DataConsumer;
import org.vafer.jdeb.DebMaker;
import org.vafer.jdeb.PackagingException;
import org.vafer.jdeb.shaded.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The tree as a package for Debian, Ubuntu and their like.
 *
 * @param work a folder for what comes in between
 */
record DebPackage(PackageInfo info, Path work) {
  private static final Map<String, String> ARCHITECTURES =
      Map.of("x86_64", "amd64", "aarch64", "arm64");

  /** Makes it in that folder. */
  Path write(Path folder) throws IOException, PackagingException {
    String architecture = ARCHITECTURES.getOrDefault(info.machine(), info.machine());
    Path deb =
        folder.resolve(
            "%s_%s_%s.deb".formatted(PackageInfo.NAME, info.comparableVersion(), architecture));
    Path control = work.resolve("deb-control");
    Archive.delete(control);
    Files.createDirectories(control);
    Files.writeString(control.resolve("control"), control(architecture));
    for (String script : List.of("postinst", "prerm", "postrm")) {
      Files.writeString(control.resolve(script), info.script(script));
    }
    DebMaker maker = new DebMaker(new Warnings(), List.of(this::produce), List.of());
    maker.setDeb(deb.toFile());
    maker.setControl(control.toFile());
    maker.setCompression("xz");
    maker.setTarLongFileMode("gnu");
    maker.setOutputTimestampMs(info.time().toEpochMilli());
    // What looks like a variable in a script is the script's own.
    maker.setResolver(name -> null);
    maker.validate();
    maker.makeDeb();
    return deb;
  }

  private String control(String architecture) {
    return """
        Package: %s
        Version: %s
        Section: admin
        Priority: optional
        Architecture: %s
        Depends: libc6 (>= 2.17), passwd
        Maintainer: %s
        Description: %s
         %s
        """
        .formatted(
            PackageInfo.NAME,
            info.comparableVersion(),
            architecture,
            PackageInfo.MAINTAINER,
            PackageInfo.SUMMARY,
            PackageInfo.DESCRIPTION);
  }

  private void produce(DataConsumer consumer) throws IOException {
    for (String folder : List.of("/opt", PackageInfo.HOME)) {
      consumer.onEachDir(entry(folder + "/", PackageInfo.FOLDER));
    }
    for (Path file : info.files()) {
      int mode = PackageInfo.mode(file);
      if (mode == PackageInfo.FOLDER) {
        consumer.onEachDir(entry(info.place(file) + "/", mode));
        continue;
      }
      TarArchiveEntry entry = entry(info.place(file), mode);
      entry.setSize(Files.size(file));
      try (InputStream content = Files.newInputStream(file)) {
        consumer.onEachFile(content, entry);
      }
    }
  }

  private TarArchiveEntry entry(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry("." + name, true);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    entry.setMode(mode);
    entry.setModTime(info.time().toEpochMilli());
    return entry;
  }

  /** Says only what may be wrong. */
  private static final class Warnings implements Console {
    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      System.err.println("jdeb: " + message);
    }
  }
}
