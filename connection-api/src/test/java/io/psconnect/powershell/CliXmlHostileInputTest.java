package io.psconnect.powershell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs that would cost a naive decoder its heap or a quadratic time, streamed through a JVM whose
 * heap is smaller than any of them.
 */
class CliXmlHostileInputTest {

  private static final long SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void hostileInputsCostLinearTimeAndABoundedHeap()
      throws IOException, InterruptedException, URISyntaxException {
    Path output = folder.resolve("output");
    Process process = child(output);
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String report = Files.readString(output);
    assertTrue(ended, () -> "not done after " + SECONDS + " s: " + report);
    assertEquals(0, process.exitValue(), report);
    assertEquals(Child.CASES.size(), report.lines().count(), report);
  }

  private static Process child(Path output) throws IOException, URISyntaxException {
    String classes = folderOf(CliXmlDecoder.class) + File.pathSeparator + folderOf(Child.class);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-cp",
            classes,
            Child.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** The folder or jar on disk that a class came from, patched into a module or not. */
  private static Path folderOf(Class<?> type) throws URISyntaxException {
    String file = type.getName().replace('.', '/') + ".class";
    String url = type.getResource("/" + file).toString();
    String root = url.substring(0, url.length() - file.length());
    return root.startsWith("jar:")
        ? Path.of(new URI(root.substring("jar:".length(), root.length() - "!/".length())))
        : Path.of(new URI(root));
  }

  /** What the small JVM runs. */
  static final class Child {

    private static final long MB = 1 << 20;
    private static final String ROOT =
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
    private static final String PROGRESS = ROOT + "<Obj S=\"progress\">";
    private static final String ERROR = ROOT + "<S S=\"Error\">";

    /** An input: how it begins, what is repeated, how many bytes, and the share that is text. */
    record Case(String start, String repeated, long length, double text) {}

    static final Map<String, Case> CASES = new TreeMap<>();

    static {
      add("1 GB of <", "", "<", 1024 * MB, 1);
      add("1 GB attribute of a record", ROOT + "<Obj S=\"", "a", 1024 * MB, 1);
      add("1 GB attribute of a progress record", PROGRESS + "<S N=\"", "a", 1024 * MB, 0);
      add("1 GB of text in progress", PROGRESS + "<AV>", "a", 1024 * MB, 0);
      add("1 GB version", "<Objs Version=\"", "1", 1024 * MB, 1);
      add("a million nested tags", PROGRESS, "<Obj RefId=\"1\">", 15_000_000, 0);
      add("a million objects without text", ROOT + "<Obj>", "<Obj RefId=\"1\">", 15_000_000, 0);
      add("< in a document", ROOT, "<", 64 * MB, 1);
      add("< in an error", ERROR, "<", 64 * MB, 1);
      add("< in progress", PROGRESS, "<", 64 * MB, 0);
      add("half tags in progress", PROGRESS, "<Obj N=\"", 64 * MB, 0);
      add("half tags in a document", ROOT, "<Obj N=\"", 64 * MB, 1);
      add("half root tags", "", "<Objs ", 64 * MB, 1);
      add("root tags", "", ROOT, 64 * MB, 0);
      add("documents in errors", "", ERROR, 64 * MB, 0);
      add("half headers", "", "#< CLIXML", 64 * MB, 1);
      add("headers", "", "#< CLIXML\n", 64 * MB, 0);
      add("& in an error", ERROR, "&", 64 * MB, 1);
      add("half references", ERROR, "&#x", 64 * MB, 1);
      add("half escapes", ERROR, "_x00", 64 * MB, 1);
      add("half colours", ERROR, "\u001b[1;", 64 * MB, 1);
      add("high surrogates", ERROR, "_xD83D_", 64 * MB, 3.0 / 7);
      add(
          "billion laughs",
          "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>" + ERROR,
          "&b;",
          64 * MB,
          1);
    }

    private long written;

    private static void add(String name, String start, String repeated, long length, double text) {
      CASES.put(name, new Case(start, repeated, length, text));
    }

    /** Runs every case, and prints a line for each that passed. */
    public static void main(String[] arguments) {
      CASES.forEach((name, input) -> new Child().run(name, input));
    }

    private void run(String name, Case input) {
      byte[] start = input.start().getBytes(ISO_8859_1);
      byte[] piece =
          input.repeated().repeat(65536 / input.repeated().length()).getBytes(ISO_8859_1);
      CliXmlDecoder decoder = new CliXmlDecoder((bytes, offset, length) -> written += length);
      long began = System.nanoTime();
      decoder.write(start, 0, start.length);
      long given = 0;
      for (; given < input.length(); given += piece.length) {
        decoder.write(piece, 0, piece.length);
      }
      decoder.finish();
      long expected = (long) (given * input.text());
      if (Math.abs(written - expected) > 8192) {
        throw new AssertionError(name + ": " + written + " bytes out, not about " + expected);
      }
      long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      System.out.printf("%s: %d MB in %d ms%n", name, given / MB, milliseconds);
    }
  }
}
