package dev.bosky.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskStorageTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private final Storage disk = new DiskStorage();

  @Test
  void replace_leavesOneWholeFile() throws IOException {
    Path file = folder.resolve("a.json");
    disk.replace(file, "a longer one before".getBytes(StandardCharsets.UTF_8));

    disk.replace(file, CONTENT);

    assertArrayEquals(CONTENT, disk.read(file, 100));
    assertEquals(List.of("a.json"), disk.list(folder));
  }

  @Test
  void create_takesThePlaceOfALinkInsteadOfFollowingIt() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "untouched");
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);

    disk.create(link, CONTENT);

    assertEquals("untouched", Files.readString(elsewhere));
    assertFalse(Files.isSymbolicLink(link));
  }

  @Test
  void read_takesAFileOfTheLimit_notOneByteMore() throws IOException {
    Path file = folder.resolve("a");
    disk.create(file, CONTENT);

    assertArrayEquals(CONTENT, disk.read(file, CONTENT.length));
    assertThrows(IOException.class, () -> disk.read(file, CONTENT.length - 1));
    assertThrows(NoSuchFileException.class, () -> disk.read(folder.resolve("none"), 10));
  }

  @Test
  void list_namesRegularFilesOnly_inOrder() throws IOException {
    for (String name : List.of("b", "a", "c")) {
      disk.create(folder.resolve(name), CONTENT);
    }
    Files.createDirectory(folder.resolve("d"));
    Files.createSymbolicLink(folder.resolve("e"), folder.resolve("a"));

    assertEquals(List.of("a", "b", "c"), disk.list(folder));
    assertEquals(List.of(), disk.list(folder.resolve("none")));
  }

  @Test
  void create_byRootGivesTheFileToTheOwnerOfTheFolder() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give");
    var nobody = folder.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(folder, nobody.lookupPrincipalByName("nobody"));

    disk.createFolder(folder.resolve("inbox"));
    disk.replace(folder.resolve("inbox/a.json"), CONTENT);

    assertEquals("nobody", Files.getOwner(folder.resolve("inbox")).getName());
    assertEquals("nobody", Files.getOwner(folder.resolve("inbox/a.json")).getName());
  }
}
