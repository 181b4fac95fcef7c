package io.psconnect.powershell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The expression that gives the loader the script's text, and what has to stand on standard input
 * for it.
 *
 * @param expression PowerShell, for the place at the loader's end
 * @param frame what the expression reads from standard input; none if it reads nothing
 */
record ScriptSource(String expression, byte[] frame) {
  private static final byte[] NO_FRAME = {};
  private static final String READ_FRAME =
      PowerShellSource.oneLine("read-frame.ps1").replace("<cut>", Loader.CUT);
  private static final String UNESCAPE = "([regex]::Unescape(";
  private static final String UNESCAPED = "))";

  static ScriptSource inline(String text) {
    return LoneSurrogates.in(text)
        ? unescaping(inline(LoneSurrogates.escape(text)))
        : new ScriptSource(PowerShellLiteral.quote(text), NO_FRAME);
  }

  static ScriptSource framed(String text) {
    return LoneSurrogates.in(text)
        ? unescaping(framed(LoneSurrogates.escape(text)))
        : new ScriptSource(READ_FRAME, ScriptFrame.encode(text));
  }

  private static ScriptSource unescaping(ScriptSource escaped) {
    return new ScriptSource(UNESCAPE + escaped.expression + UNESCAPED, escaped.frame);
  }

  /** Whether this is a frame whose text needs nothing done to it. */
  boolean isPlainFrame() {
    return expression.equals(READ_FRAME);
  }

  /** What PowerShell gets when it evaluates such an expression; empty if it is none. */
  static Optional<String> evaluate(String expression, InputStream stdin) throws IOException {
    if (expression.equals(READ_FRAME)) {
      return Optional.of(ScriptFrame.read(stdin));
    }
    if (expression.startsWith(UNESCAPE) && expression.endsWith(UNESCAPED)) {
      int end = expression.length() - UNESCAPED.length();
      return evaluate(expression.substring(UNESCAPE.length(), end), stdin)
          .map(LoneSurrogates::unescape);
    }
    return PowerShellLiteral.unquote(expression);
  }
}
