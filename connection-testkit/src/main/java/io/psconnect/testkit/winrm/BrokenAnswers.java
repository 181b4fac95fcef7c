package io.psconnect.testkit.winrm;

import io.psconnect.testkit.winrm.WinRmFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Answers that are not as they should be. */
final class BrokenAnswers {
  private static final String DOCUMENT_TYPE =
      "<!DOCTYPE s:Envelope [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";

  private BrokenAnswers() {}

  /** What is wrong below any seal. */
  static Answer apply(WinRmFaults faults, Answer answer) {
    if (faults.take(Kind.BROKEN_XML, answer.operation()).isPresent()) {
      int half = answer.body().length / 2;
      return answer.with(answer.contentType(), Arrays.copyOf(answer.body(), half));
    } else if (faults.take(Kind.DTD, answer.operation()).isPresent()) {
      return answer.with(answer.contentType(), withDocumentType(answer.body()));
    }
    return answer;
  }

  private static byte[] withDocumentType(byte[] xml) {
    String text = new String(xml, StandardCharsets.UTF_8);
    return (DOCUMENT_TYPE + text.replace("</s:Body>", "&file;</s:Body>"))
        .getBytes(StandardCharsets.UTF_8);
  }

  static Answer replaced(Answer answer, WinRmFault fault) {
    return new Answer(
        (int) fault.number(), answer.operation(), fault.contentType(), fault.body(), List.of());
  }
}
