package io.psconnect.powershell;

import java.io.ByteArrayOutputStream;
import java.util.Objects;

/**
 * Turns what PowerShell writes on stderr under {@code -EncodedCommand}, CLIXML with the raw output
 * of native programs in between, into the text that a console would have shown.
 *
 * <ul>
 *   <li>Bytes outside of documents pass as they are, whatever their encoding. The header line
 *       {@code #< CLIXML} vanishes at a line's start and behind another header or document. A
 *       document begins with exactly the start tag that PowerShell writes, wherever that stands.
 *   <li>Error records give their text, as do records of {@code Output} and of unknown streams.
 *       Warning, verbose and debug records give a line of their own, labelled as PowerShell labels
 *       them ({@code WARNING: }), ended as the document's header was, or with LF.
 *   <li>Progress and information records vanish, the objects inside them included. Any other object
 *       gives the line of its outermost {@code ToString}, or if it has none, a line for each value
 *       in it.
 *   <li>In a record's text, XML entities are decoded, then {@code _xHHHH_}, once; surrogate pairs
 *       become UTF-8, and a lone surrogate its three bytes in the same scheme (WTF-8), so that
 *       nothing is lost. Colour codes (ECMA-48 SGR) are taken out of it, and only of it.
 *   <li>Raw bytes inside a document are kept in their place. Inside a progress or information
 *       record they can be told only by their line end: the last 4096 bytes before it, back to the
 *       nearest tag, are kept.
 *   <li>Documents may stand inside documents (64 deep; beyond that, the outermost one's remainder
 *       is text), may be cut, or left open. A cut loses no text: half an escape, or what may or may
 *       not be the start of a header, comes out as it stands.
 * </ul>
 *
 * <p>Each byte is looked at a bounded number of times, and memory is constant: less than 40 KB.
 * Nothing in the input makes it throw. Where these rules come from: the CLIXML that {@code
 * Serialization.cs} and {@code serialization.cs} of PowerShell write, MS-PSRP 2.2.5, and recordings
 * of PowerShell 5.1 and 7.
 *
 * <p>For one thread at a time.
 */
public final class CliXmlDecoder {

  /** Takes decoded bytes. */
  @FunctionalInterface
  public interface ByteSink {

    /**
     * Takes bytes, which are the sink's only until it returns.
     *
     * @param buffer the array that holds them, to be read only
     * @param offset where in it they begin
     * @param length how many they are, one or more
     */
    void accept(byte[] buffer, int offset, int length);
  }

  private final CliXmlOutput out;
  private CliXmlReader reader;

  /**
   * A decoder at the start of its input.
   *
   * @param out receives the decoded bytes in order, during {@link #write} and {@link #finish} and
   *     on their thread; what it throws, they throw
   */
  public CliXmlDecoder(ByteSink out) {
    this.out = new CliXmlOutput(Objects.requireNonNull(out, "out"));
    this.reader = new CliXmlReader(this.out);
  }

  /**
   * Decodes the next piece of input; pieces may be cut anywhere. All that can be told of it yet has
   * reached the sink when this returns; less than 5 KB is held back.
   *
   * @param bytes the array that holds the piece; not kept, not changed
   * @param offset where in it the piece begins
   * @param length how long it is, in bytes
   * @throws IndexOutOfBoundsException if the piece lies outside the array
   */
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    reader.accept(bytes, offset, length);
    out.flush();
  }

  /**
   * Ends the input: whatever was held back is written. The decoder is then at the start of another
   * input.
   */
  public void finish() {
    reader.finish();
    out.flush();
    reader = new CliXmlReader(out);
  }

  /**
   * Decodes a whole stderr.
   *
   * @param bytes what PowerShell wrote; not changed
   * @return the decoded bytes, UTF-8 (WTF-8 where a record holds a lone surrogate) as far as the
   *     input was
   */
  public static byte[] decode(byte[] bytes) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    CliXmlDecoder decoder = new CliXmlDecoder(decoded::write);
    decoder.write(bytes, 0, bytes.length);
    decoder.finish();
    return decoded.toByteArray();
  }
}
