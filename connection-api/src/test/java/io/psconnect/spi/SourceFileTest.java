package io.psconnect.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
  private static final int SIZE = 100_003;

  @TempDir private Path folder;

  private Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("a.bin"), content);
  }

  private static byte[] content() {
    byte[] content = new byte[SIZE];
    new Random(5).nextBytes(content);
    return content;
  }

  @Test
  void partsComeInTurnWhoeverReads() throws Exception {
    byte[] content = content();
    byte[] copy = new byte[SIZE];
    try (SourceFile source = new SourceFile(file(content))) {
      List<CompletableFuture<Void>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(CompletableFuture.runAsync(() -> readAll(source, copy)));
      }
      readers.forEach(CompletableFuture::join);
      assertEquals(SIZE, source.size());
      assertEquals(SIZE, source.position());
      assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(content), source.sha256());
    }
    assertArrayEquals(content, copy);
  }

  private static void readAll(SourceFile source, byte[] copy) {
    ByteBuffer room = ByteBuffer.allocate(1000);
    try {
      for (long at = source.read(room); at >= 0; at = source.read(room.clear())) {
        System.arraycopy(room.array(), 0, copy, (int) at, room.position());
      }
    } catch (SourceFile.UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatStandsInTheBufferStaysThere() throws Exception {
    byte[] room = {9, 9, 9, 9, 9, 9};
    try (SourceFile source = new SourceFile(file(new byte[] {1, 2, 3}))) {
      ByteBuffer slice = ByteBuffer.wrap(room, 1, 5).slice().position(1).limit(3);
      assertEquals(0, source.read(slice));
      assertEquals(0, slice.remaining());
      assertArrayEquals(new byte[] {9, 9, 1, 2, 9, 9}, room);
      assertEquals(2, source.read(slice.clear()));
      assertEquals(1, slice.position());
      assertEquals(-1, source.read(slice));
    }
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    Path none = folder.resolve("none");
    assertEquals(0, SourceFile.sizeOf(none));
    String message =
        assertThrows(SourceFile.UnreadableException.class, () -> new SourceFile(none)).getMessage();
    assertTrue(message.startsWith("source " + none + " could not be read: "), message);
  }
}
