package io.psconnect.powershell;

/**
 * Where in a document the reader is; an outer document's place waits while an inner one is read.
 */
final class CliXmlPlace {

  /** The kinds of place. */
  enum Kind {
    /** Outside of every document: all is text, but a header and a document's start tag. */
    OUTSIDE,
    /**
     * Inside a document, between two records: text here is not PowerShell's, and passes as it is.
     */
    BETWEEN_RECORDS,
    /** Inside a record that is text. */
    TEXT_RECORD,
    /** Inside a record that is an object, of which no text was seen yet that stands for it. */
    OBJECT,
    /** Inside an object that is left out, or whose text was written already. */
    LEFT_OUT
  }

  private static final byte[] LF = {'\n'};
  private static final byte[] CRLF = {'\r', '\n'};

  private Kind kind = Kind.OUTSIDE;
  private CliXmlStream stream = CliXmlStream.TEXT;
  private byte[] lineEnd = LF;
  private byte[] announced = LF;
  private long element;
  private long depth;
  private boolean inLeaf;
  private boolean interrupted;

  /** The place inside a document that begins here. */
  CliXmlPlace inner() {
    CliXmlPlace inner = new CliXmlPlace();
    inner.kind = Kind.BETWEEN_RECORDS;
    inner.lineEnd = announced;
    inner.announced = announced;
    return inner;
  }

  Kind kind() {
    return kind;
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  CliXmlStream stream() {
    return stream;
  }

  byte[] lineEnd() {
    return lineEnd;
  }

  /** Notes a header: documents that begin here will have its line ends. */
  void announce(boolean crlf) {
    announced = crlf ? CRLF : LF;
  }

  void beginText(CliXmlTag tag) {
    kind = Kind.TEXT_RECORD;
    stream = tag.stream();
    element = tag.name();
  }

  void beginObject(CliXmlTag tag) {
    kind = tag.stream().isDropped() ? Kind.LEFT_OUT : Kind.OBJECT;
    stream = tag.stream();
    depth = 1;
    inLeaf = false;
    interrupted = false;
  }

  void endRecord() {
    inLeaf = false;
    kind = Kind.BETWEEN_RECORDS;
  }

  boolean isEndOfText(CliXmlTag tag) {
    return tag.isEnd() && tag.name() == element;
  }

  /** Counts the objects inside the record; the last one's end is the record's. */
  void nest(CliXmlTag tag) {
    if (tag.name() == CliXmlTag.OBJ && !tag.isEmpty()) {
      depth += tag.isEnd() ? -1 : 1;
      if (depth == 0) {
        endRecord();
      }
    }
  }

  boolean isOutermostToString(CliXmlTag tag) {
    return tag.name() == CliXmlTag.TO_STRING && depth == 1;
  }

  /** Whether what stands here is not shown: names of types are no text of an object's own. */
  boolean isLeftOut() {
    return kind == Kind.LEFT_OUT || inLeaf && element == CliXmlTag.T;
  }

  /** Whether the bytes that stand here are text which PowerShell has encoded. */
  boolean isEncodedText() {
    return kind == Kind.TEXT_RECORD || inLeaf;
  }

  void leaveOutTheRest() {
    kind = Kind.LEFT_OUT;
  }

  void beginLeaf(CliXmlTag tag) {
    inLeaf = true;
    element = tag.name();
  }

  void endLeaf() {
    inLeaf = false;
  }

  boolean inLeaf() {
    return inLeaf;
  }

  /** Notes that another document stood here: what follows may not belong to this record at all. */
  void interrupt() {
    interrupted = true;
  }

  void resume() {
    interrupted = false;
  }

  boolean isInterrupted() {
    return interrupted;
  }
}
