package io.psconnect.powershell;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A backend's own script that receives a file under a temporary name beside its target, for
 * backends that bring the bytes to the host another way than {@link FileReceiver}. What all such
 * scripts do alike stands in for words in the source, each alone on its line:
 *
 * <ul>
 *   <li>{@code <again>} defines {@code $again}: {@code & $again {action}} tries an action for half
 *       a second, as a scanner of viruses may hold the file;
 *   <li>{@code <find-target>} sets {@code $target}, {@code $folder}, and {@code $part}, the
 *       temporary file; makes the folder, and throws if the target is one;
 *   <li>{@code <sha256>} sets {@code $sha} to an algorithm that is fast on this PowerShell;
 *   <li>{@code <take-name>} renames {@code $part} to {@code $target}, over a file that may be
 *       there; it needs {@code $again}.
 * </ul>
 *
 * <p>They run in Windows PowerShell 5.1 and PowerShell 7, and call no cmdlet. Immutable.
 */
public final class ReceivingScript {
  private static final List<String> COMMON = List.of("again", "find-target", "sha256", "take-name");

  private final String text;

  private ReceivingScript(String text) {
    this.text = text;
  }

  /**
   * Reads a source.
   *
   * @param source UTF-8, of which lines that begin with {@code #} and indentation are left out; it
   *     is closed
   * @return the script, for any target
   * @throws java.io.UncheckedIOException if the source cannot be read
   */
  public static ReceivingScript of(InputStream source) {
    Objects.requireNonNull(source, "source");
    ReceivingScript script = new ReceivingScript(PowerShellSource.lines(source));
    for (String word : COMMON) {
      script = script.with(word, PowerShellSource.lines(word + ".ps1"));
    }
    return script;
  }

  /**
   * A name for the temporary file that no other has.
   *
   * @return for instance {@code .9b2f….part}
   */
  public static String newTemporaryName() {
    return "." + UUID.randomUUID().toString().replace("-", "") + ".part";
  }

  /**
   * Puts in what stands for a word of the source's own.
   *
   * @param word without the angle brackets
   * @param code PowerShell
   * @return the script with it
   */
  public ReceivingScript with(String word, String code) {
    Objects.requireNonNull(word, "word");
    Objects.requireNonNull(code, "code");
    return new ReceivingScript(text.replace("<" + word + ">", code));
  }

  /**
   * The script for one file.
   *
   * @param targetPath where to, in the words of the host; no character in it has a meaning to
   *     PowerShell
   * @param temporaryName of the file beside it
   * @return the script's text
   */
  public String to(String targetPath, String temporaryName) {
    Objects.requireNonNull(temporaryName, "temporaryName");
    return with("part", PowerShellLiteral.quote(temporaryName)).to(targetPath);
  }

  /** The target comes last: it may have any characters. */
  String to(String targetPath) {
    return with("target", PowerShellLiteral.quote(targetPath)).text;
  }
}
