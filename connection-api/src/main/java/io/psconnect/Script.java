package io.psconnect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A script to run, with its input and the manner of the call.
 *
 * <p>The text may show in the host's process list and in PowerShell's own logs, and PowerShell
 * repeats parts of it in error messages: secrets belong in the {@linkplain #withInput(byte[])
 * input}, never in the text. {@code toString()} shows sizes only.
 */
public final class Script {
  /** The most output kept of each stream unless the script says otherwise: 256 MiB. */
  public static final int DEFAULT_OUTPUT_LIMIT = 256 << 20;

  private final String text;
  private ScriptInput input = ScriptInput.empty();
  private Duration timeout;
  private OutputListener listener = new OutputListener() {};
  private Carrier carrier = Carrier.AUTOMATIC;
  private int outputLimit = DEFAULT_OUTPUT_LIMIT;

  private Script(String text) {
    this.text = text;
  }

  private Script(Script other) {
    text = other.text;
    input = other.input;
    timeout = other.timeout;
    listener = other.listener;
    carrier = other.carrier;
    outputLimit = other.outputLimit;
  }

  /**
   * A script without input, with the connection's own timeout.
   *
   * @param text PowerShell, at least one character; a byte order mark at its start is taken off
   * @return the script
   * @throws IllegalArgumentException if there is no text
   */
  public static Script of(String text) {
    Objects.requireNonNull(text, "text");
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (body.isEmpty()) {
      throw new IllegalArgumentException("script is empty; it must have at least one character");
    }
    return new Script(body);
  }

  /**
   * A script read from a file: UTF-8, or UTF-16 where a byte order mark says so.
   *
   * @param file a file on this machine
   * @return the script
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has no text, or is not text in that encoding
   */
  public static Script ofFile(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return ofBytes(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("script file %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * A script of the bytes of a file: UTF-8, or UTF-16 where a byte order mark says so.
   *
   * @param bytes the encoded text
   * @return the script
   * @throws IllegalArgumentException if there is no text, or it is not in that encoding
   */
  public static Script ofBytes(byte[] bytes) {
    Charset charset = charsetOf(bytes);
    try {
      return of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "script is not %s text; save it as UTF-8".formatted(charset), e);
    }
  }

  private static Charset charsetOf(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return switch (mark) {
      case 0xFFFE -> StandardCharsets.UTF_16LE;
      case 0xFEFF -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }

  /**
   * The same script with these bytes on its standard input.
   *
   * @param bytes copied
   * @return a new script
   */
  public Script withInput(byte[] bytes) {
    return withInput(ScriptInput.of(bytes));
  }

  /**
   * The same script with this text, in UTF-8, on its standard input.
   *
   * @param text any text that has a UTF-8 form
   * @return a new script
   * @throws IllegalArgumentException if the text has half a surrogate pair
   */
  public Script withInput(String text) {
    return withInput(ScriptInput.of(text));
  }

  /**
   * The same script with this standard input. The default is none: the end is there at once.
   *
   * @param input where the bytes come from
   * @return a new script
   */
  public Script withInput(ScriptInput input) {
    Script copy = new Script(this);
    copy.input = Objects.requireNonNull(input, "input");
    return copy;
  }

  /**
   * The same script with a timeout of its own, which covers the whole call, waiting for a free
   * session and sending the input included. The default is the connection's.
   *
   * @param timeout more than zero
   * @return a new script
   * @throws IllegalArgumentException if the timeout is zero or less
   */
  public Script withTimeout(Duration timeout) {
    Script copy = new Script(this);
    copy.timeout = Timeouts.requirePositive(timeout);
    return copy;
  }

  /**
   * The same script with somebody told of its output as it comes. The result still holds it, up to
   * the {@linkplain #withOutputLimit(int) limit}.
   *
   * @param listener told, by threads of the backend
   * @return a new script
   */
  public Script withListener(OutputListener listener) {
    Script copy = new Script(this);
    copy.listener = Objects.requireNonNull(listener, "listener");
    return copy;
  }

  /**
   * The same script, carried to the host in this way. The default is {@link Carrier#AUTOMATIC};
   * {@link Carrier#FRAMED} keeps its text off the command line.
   *
   * @param carrier how the text travels
   * @return a new script
   */
  public Script withCarrier(Carrier carrier) {
    Script copy = new Script(this);
    copy.carrier = Objects.requireNonNull(carrier, "carrier");
    return copy;
  }

  /**
   * The same script with a limit to what the result keeps of each of its two streams. What comes
   * after that is read, told to the listener and let go, and {@link Result#truncated()} says so.
   *
   * @param bytes zero or more; the default is {@value #DEFAULT_OUTPUT_LIMIT}
   * @return a new script
   * @throws IllegalArgumentException if the limit is negative
   */
  public Script withOutputLimit(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "outputLimit is %d bytes; it must be zero or more".formatted(bytes));
    }
    Script copy = new Script(this);
    copy.outputLimit = bytes;
    return copy;
  }

  /**
   * The script's text.
   *
   * @return at least one character
   */
  public String text() {
    return text;
  }

  /**
   * The script's standard input.
   *
   * @return where the bytes come from
   */
  public ScriptInput input() {
    return input;
  }

  /**
   * The script's own timeout.
   *
   * @return more than zero, or empty for the connection's
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * Who is told of the output as it comes.
   *
   * @return one that does nothing unless it was set
   */
  public OutputListener listener() {
    return listener;
  }

  /**
   * How the text travels.
   *
   * @return the carrier
   */
  public Carrier carrier() {
    return carrier;
  }

  /**
   * How much of each stream the result keeps.
   *
   * @return bytes
   */
  public int outputLimit() {
    return outputLimit;
  }

  /** Shows the size, never the text: it may hold what should not be logged. */
  @Override
  public String toString() {
    return "Script[%d characters]".formatted(text.length());
  }
}
