package io.psconnect.json;

import io.psconnect.powershell.PowerShellLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** What is put around a script: {@code prelude.ps1}, which says what each part is for. */
final class Prelude {
  /** As deep as Jackson reads. */
  static final int DEPTH = 500;

  static final String CUT = "The input's JSON was cut";

  private static final String SCRIPT = "<script>";
  private static final String TEXT =
      source()
          .replace("<depth>", Integer.toString(DEPTH))
          .replace("<cut>", CUT)
          .replace("<mark>", ErrorEnvelope.MARK);
  private static final String ONE = TEXT.replace("<list>", "$false");
  private static final String LIST = TEXT.replace("<list>", "$true");

  private Prelude() {}

  /**
   * The script in its prelude. The whole of it is a literal: what it holds stands in the text as it
   * is, but for quotes, which are doubled.
   */
  static String around(String script, boolean list) {
    return (list ? LIST : ONE).replace(SCRIPT, PowerShellLiteral.quote(script));
  }

  /** Without comments and indentation; a comment has lines of its own. */
  private static String source() {
    try (InputStream file =
        Objects.requireNonNull(Prelude.class.getResourceAsStream("prelude.ps1"), "prelude.ps1")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
