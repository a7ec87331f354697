package dev.bosky.dist;

import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.eclipse.packager.rpm.RpmTag;
import org.eclipse.packager.rpm.RpmTagValue;
import org.eclipse.packager.rpm.RpmVersion;
import org.eclipse.packager.rpm.build.BuilderContext;
import org.eclipse.packager.rpm.build.BuilderOptions;
import org.eclipse.packager.rpm.build.FileInformation;
import org.eclipse.packager.rpm.build.RpmBuilder;
import org.eclipse.packager.rpm.coding.PayloadCoding;
import org.eclipse.packager.rpm.deps.RpmDependencyFlags;
import org.eclipse.packager.rpm.header.Header;

/** The tree as a package for Amazon Linux, Red Hat, SUSE and their like. */
record RpmPackage(PackageInfo info) {
  private static final String RELEASE = "1";

  /** Its scripts are told how many versions there will be; Debian's are told what is done. */
  private static final String INSTALLED = "set -- configure\n";

  private static final String REMOVED = "[ \"$1\" = 0 ] || exit 0\nset -- remove\n";

  /** Makes it in that folder. */
  Path write(Path folder) throws IOException {
    BuilderOptions options = new BuilderOptions();
    // rpm has known xz since before the oldest system that is promised.
    options.setPayloadCoding(PayloadCoding.XZ);
    options.setOpenOptions(
        new OpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
        });
    RpmVersion version = new RpmVersion(info.comparableVersion(), RELEASE);
    Path rpm =
        folder.resolve(
            "%s-%s-%s.%s.rpm"
                .formatted(
                    PackageInfo.NAME, info.comparableVersion(), RELEASE, info.machine()));
    try (RpmBuilder builder =
        new RpmBuilder(PackageInfo.NAME, version, info.machine(), rpm, options)) {
      describe(builder);
      builder.setHeaderCustomizer(this::correct);
      builder.addRequirement("/usr/sbin/useradd", "", RpmDependencyFlags.SCRIPT_POST);
      builder.addRequirement("/bin/sh", "", RpmDependencyFlags.SCRIPT_POST);
      builder.setPostInstallationScript(INSTALLED + info.script("postinst"));
      builder.setPreRemoveScript(REMOVED + info.script("prerm"));
      addFiles(builder.newContext());
      builder.build();
    }
    return rpm;
  }

  private void correct(Header<RpmTag> header) {
    header.putInt(RpmTag.BUILDTIME, Math.toIntExact(info.time().getEpochSecond()));
    // The builder forgets half of this one's name, and no system has a package that is called so.
    String[] needed =
        ((RpmTagValue) header.get(RpmTag.REQUIRE_NAME)).asStringArray().orElseThrow();
    Arrays.setAll(
        needed, i -> needed[i].equals("PayloadIsXz") ? "rpmlib(PayloadIsXz)" : needed[i]);
    header.putStringArray(RpmTag.REQUIRE_NAME, needed);
  }

  private static void describe(RpmBuilder builder) {
    RpmBuilder.PackageInformation information = builder.getInformation();
    information.setSummary(PackageInfo.SUMMARY);
    information.setDescription(PackageInfo.DESCRIPTION);
    information.setPackager(PackageInfo.MAINTAINER);
    information.setVendor(PackageInfo.MAINTAINER);
    information.setLicense(PackageInfo.LICENCES);
    information.setGroup("System Environment/Daemons");
    // Not the machine's own: same sources, same bytes.
    information.setBuildHost("localhost");
  }

  private void addFiles(BuilderContext context) throws IOException {
    context.addDirectory(PackageInfo.HOME, i -> asRoots(i, PackageInfo.FOLDER));
    for (Path file : info.files()) {
      int mode = PackageInfo.mode(file);
      if (mode == PackageInfo.FOLDER) {
        context.addDirectory(info.place(file), i -> asRoots(i, mode));
      } else {
        context.addFile(info.place(file), file, i -> asRoots(i, mode));
      }
    }
  }

  private void asRoots(FileInformation file, int mode) {
    file.setUser("root");
    file.setGroup("root");
    file.setMode((short) mode);
    file.setTimestamp(info.time());
  }
}
