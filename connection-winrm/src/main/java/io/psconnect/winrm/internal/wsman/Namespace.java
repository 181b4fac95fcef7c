package io.psconnect.winrm.internal.wsman;

/** The XML namespaces, with the prefixes that our messages use. */
enum Namespace {
  SOAP("s", "http://www.w3.org/2003/05/soap-envelope"),
  ADDRESSING("a", "http://schemas.xmlsoap.org/ws/2004/08/addressing"),
  WSMAN("w", "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"),
  MICROSOFT("p", "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"),
  SHELL("rsp", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"),
  IDENTITY("wsmid", "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"),
  FAULT("f", "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault");

  private final String prefix;
  private final String uri;

  Namespace(String prefix, String uri) {
    this.prefix = prefix;
    this.uri = uri;
  }

  String prefix() {
    return prefix;
  }

  String uri() {
    return uri;
  }
}
