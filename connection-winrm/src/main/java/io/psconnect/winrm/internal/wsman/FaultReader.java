package io.psconnect.winrm.internal.wsman;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the code and the words in a SOAP fault (MS-WSMV 2.2.4.14, DSP0226 14.6). */
final class FaultReader {
  /** What the names of DSP0226 mean, for hosts that give no code of Windows'. */
  private static final Map<String, Long> CODES =
      Map.of(
          "TimedOut", FaultCode.OPERATION_TIMEDOUT,
          "InvalidSelectors", FaultCode.UNKNOWN_SHELL,
          "EncodingLimit", FaultCode.ENVELOPE_TOO_LARGE,
          "AccessDenied", FaultCode.ACCESS_DENIED);

  private static final int LONGEST_TEXT = 2000;

  private final XmlElement fault;

  FaultReader(XmlElement fault) {
    this.fault = fault;
  }

  Fault read() {
    String name = name();
    long code = code().orElseGet(() -> CODES.getOrDefault(localPart(name), 0L));
    return new Fault(code, name, words());
  }

  /** The innermost of the codes of SOAP. */
  private String name() {
    return fault
        .child(Namespace.SOAP, "Code")
        .flatMap(
            code ->
                code.all()
                    .filter(element -> element.is(Namespace.SOAP, "Value"))
                    .reduce((outer, inner) -> inner))
        .map(value -> value.text().strip())
        .orElse("");
  }

  private static String localPart(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  /** Quota faults have it in an element of WMI's instead. */
  private Optional<Long> code() {
    Optional<Long> code = wsmanFault().flatMap(f -> f.attribute("Code")).flatMap(this::number);
    return code.isPresent() ? code : wmiCode();
  }

  private Optional<XmlElement> wsmanFault() {
    return fault.all().filter(element -> element.is(Namespace.FAULT, "WSManFault")).findFirst();
  }

  private Optional<Long> wmiCode() {
    return fault
        .all()
        .filter(element -> element.name().equals("error_Code"))
        .findFirst()
        .flatMap(element -> number(element.text()));
  }

  /** Some are written as signed numbers of 32 bits. */
  private Optional<Long> number(String digits) {
    try {
      long code = Long.parseLong(digits.strip()) & 0xFFFFFFFFL;
      return code == 0 ? Optional.empty() : Optional.of(code);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** WSManFault's message says more than the reason, which is often the same or a part of it. */
  private String words() {
    String message =
        wsmanFault().flatMap(f -> f.child(Namespace.FAULT, "Message")).map(this::text).orElse("");
    return message.isEmpty()
        ? fault.child(Namespace.SOAP, "Reason").map(this::text).orElse("")
        : message;
  }

  private String text(XmlElement element) {
    String text =
        element
            .all()
            .map(part -> part.text().strip().replaceAll("\\s+", " "))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
  }
}
