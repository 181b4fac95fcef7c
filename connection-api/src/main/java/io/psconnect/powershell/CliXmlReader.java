package io.psconnect.powershell;

import io.psconnect.powershell.CliXmlPlace.Kind;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells text from markup. It moves from one {@code <} to the next; what is not exactly a header or
 * a tag that PowerShell writes is text, so nothing has to be well-formed, closed or whole.
 *
 * <p>Resynchronises wherever it can be told: {@code </Objs>} ends the document from any depth, and
 * a tag with an {@code S} attribute, which no element inside a record carries, begins a new record.
 */
final class CliXmlReader extends CliXmlStage {

  /** Deeper than any chain of PowerShells; beyond it the outermost documents are forgotten. */
  private static final int MAX_NESTING = 64;

  /** How much of what is left out is kept, until a line end shows that it was no part of it. */
  private static final int MAX_STRAY_LINE = 4096;

  private static final int LOOKAHEAD = MAX_STRAY_LINE + CliXmlTag.MAX_LENGTH + 1;

  private final CliXmlOutput out;
  private final CliXmlText text;
  private final CliXmlTag tag = new CliXmlTag();
  private final Deque<CliXmlPlace> outer = new ArrayDeque<>();
  private CliXmlPlace place = new CliXmlPlace();
  private boolean headerMayFollow = true;

  CliXmlReader(CliXmlOutput out) {
    super(LOOKAHEAD);
    this.out = out;
    this.text = new CliXmlText(out);
  }

  @Override
  void finish() {
    super.finish();
    text.finish();
  }

  @Override
  int consume(byte[] bytes, int from, int to, boolean last) {
    int at = from;
    int next = from;
    while (next < to) {
      at = next;
      next = place.isLeftOut() ? leaveOut(bytes, at, to, last) : step(bytes, at, to, last);
      if (next == at) {
        return at;
      }
    }
    return to;
  }

  /** Passes text on, up to the next place where markup may begin, or else takes that markup. */
  private int step(byte[] bytes, int at, int to, boolean last) {
    int markup = findMarkup(bytes, at, to);
    if (markup > at) {
      pass(bytes, at, markup);
      return markup;
    }
    int length = takeMarkup(bytes, at, to);
    if (length == CliXmlTag.MORE) {
      length = last ? endInsideMarkup(bytes, at, to) : 0;
    } else if (length == CliXmlTag.NONE) {
      pass(bytes, at, at + 1);
      length = 1;
    }
    return at + length;
  }

  private int findMarkup(byte[] bytes, int from, int to) {
    int at = CliXmlScan.indexOf(bytes, from, to, '<');
    while (at < to && !isHeader(bytes, from, at, to) && !mayOpen(bytes, at, to)) {
      at = CliXmlScan.indexOf(bytes, at + 1, to, '<');
    }
    boolean header =
        at > from && bytes[at - 1] == '#' && (at == to || isHeader(bytes, from, at, to));
    return header ? at - 1 : at;
  }

  /** Whether the {@code <} found may be the second byte of a header. */
  private static boolean isHeader(byte[] bytes, int from, int at, int to) {
    return at > from && bytes[at - 1] == '#' && (at + 1 >= to || bytes[at + 1] == ' ');
  }

  private boolean mayOpen(byte[] bytes, int at, int to) {
    if (at + 1 >= to) {
      return true;
    }
    byte b = bytes[at + 1];
    return place.is(Kind.OUTSIDE) ? b == 'O' : b == '/' || CliXmlTag.isNameByte(b);
  }

  /** Passes text on, to where the text of this place goes. */
  private void pass(byte[] bytes, int from, int to) {
    CliXmlDecoder.ByteSink next = place.isEncodedText() ? text : out;
    next.accept(bytes, from, to - from);
    headerMayFollow = bytes[to - 1] == '\n';
  }

  /** The length of the markup that begins here, taken; or that there is none, or not yet. */
  private int takeMarkup(byte[] bytes, int at, int to) {
    int length = bytes[at] == '#' ? takeHeader(bytes, at, to) : takeTag(bytes, at, to);
    headerMayFollow |= length > 0;
    return length;
  }

  /** PowerShell escapes {@code <} inside records, so there a header is one wherever it stands. */
  private int takeHeader(byte[] bytes, int at, int to) {
    boolean atLineStart = place.is(Kind.OUTSIDE) || place.is(Kind.BETWEEN_RECORDS);
    if (atLineStart && !headerMayFollow) {
      return CliXmlTag.NONE;
    }
    int length = CliXmlTag.header(bytes, at, to);
    if (length > 0) {
      place.announce(bytes[at + length - 2] == '\r');
    }
    return length;
  }

  private int takeTag(byte[] bytes, int at, int to) {
    int length = CliXmlTag.root(bytes, at, to);
    if (length > 0) {
      beginDocument();
    }
    if (length != CliXmlTag.NONE || place.is(Kind.OUTSIDE)) {
      return length;
    }
    length = CliXmlTag.documentEnd(bytes, at, to);
    if (length > 0) {
      endDocument();
    }
    return length == CliXmlTag.NONE ? takeElement(bytes, at, to) : length;
  }

  private void beginDocument() {
    text.finish();
    if (outer.size() == MAX_NESTING) {
      outer.removeLast();
    }
    outer.push(place);
    place = place.inner();
  }

  private void endDocument() {
    endValue();
    place = outer.isEmpty() ? new CliXmlPlace() : outer.pop();
    place.interrupt();
  }

  private int takeElement(byte[] bytes, int at, int to) {
    int length = tag.read(bytes, at, to);
    boolean taken = length > 0 && (tag.hasStream() ? beginRecord() : takeElementInPlace());
    return length > 0 && !taken ? CliXmlTag.NONE : length;
  }

  private boolean beginRecord() {
    endValue();
    place.endRecord();
    if (tag.name() == CliXmlTag.OBJ) {
      place.beginObject(tag);
    } else if (!tag.isEmpty()) {
      place.beginText(tag);
      beginLine();
    }
    return true;
  }

  private boolean takeElementInPlace() {
    switch (place.kind()) {
      case BETWEEN_RECORDS:
        boolean isRecord = tag.name() == CliXmlTag.S || tag.name() == CliXmlTag.OBJ;
        return isRecord && !tag.isEnd() && beginRecord();
      case TEXT_RECORD:
        return place.isEndOfText(tag) && endText();
      case OBJECT:
        return takeObjectElement();
      default:
        place.nest(tag);
        return true;
    }
  }

  private boolean endText() {
    endValue();
    place.endRecord();
    return true;
  }

  /** The outermost {@code ToString} stands for the object; without one, each of its values does. */
  private boolean takeObjectElement() {
    boolean toStringEnds = place.inLeaf() && tag.isEnd() && place.isOutermostToString(tag);
    endValue();
    place.endLeaf();
    place.nest(tag);
    if (toStringEnds) {
      place.leaveOutTheRest();
    } else if (tag.isLeaf() && !tag.isEnd() && !tag.isEmpty()) {
      place.beginLeaf(tag);
      beginValue();
    }
    return true;
  }

  private void beginValue() {
    if (!place.isLeftOut()) {
      startLine();
    }
    if (place.isOutermostToString(tag)) {
      out.put(place.stream().label());
    }
  }

  /** A labelled message stands on a line of its own. */
  private void beginLine() {
    if (place.stream().isLabelled()) {
      startLine();
      out.put(place.stream().label());
    }
  }

  private void startLine() {
    if (!out.atLineStart()) {
      out.put(place.lineEnd());
    }
  }

  /** Ends the value that is being read, if any, and its line where PowerShell has not done so. */
  private void endValue() {
    text.finish();
    if (place.is(Kind.TEXT_RECORD) && place.stream().isLabelled()) {
      out.put(place.lineEnd());
    } else if (place.inLeaf() && !place.isLeftOut()) {
      startLine();
    }
  }

  /**
   * Leaves out one tag and the text before it. PowerShell escapes every line end, so a raw one
   * proves that another program wrote in between: what stands there since the last tag is kept.
   */
  private int leaveOut(byte[] bytes, int from, int to, boolean last) {
    int at = CliXmlScan.indexOfEither(bytes, from, to, '<', '\n');
    while (at < to && bytes[at] == '<') {
      int start = isHeader(bytes, from, at, to) ? at - 1 : at;
      boolean may = start < at || mayOpen(bytes, at, to);
      int length = may ? takeMarkup(bytes, start, to) : CliXmlTag.NONE;
      if (length > 0) {
        return leftOut(start + length);
      }
      if (length == CliXmlTag.MORE) {
        return last ? to : Math.max(from, start - MAX_STRAY_LINE);
      }
      at = CliXmlScan.indexOfEither(bytes, at + 1, to, '<', '\n');
    }
    if (at < to || last && place.isInterrupted()) {
      int end = Math.min(at + 1, to);
      int start = Math.max(from, end - MAX_STRAY_LINE);
      out.accept(bytes, start, end - start);
      return end;
    }
    return last ? to : Math.max(from, to - MAX_STRAY_LINE);
  }

  private int leftOut(int next) {
    if (place.is(Kind.LEFT_OUT)) {
      place.resume();
    }
    return next;
  }

  /** A tag that was cut is markup still; a byte or two of it may as well be text. */
  private int endInsideMarkup(byte[] bytes, int at, int to) {
    boolean isText = place.is(Kind.OUTSIDE) || bytes[at] == '#' || to - at < 3;
    if (isText) {
      pass(bytes, at, to);
    }
    return to - at;
  }
}
