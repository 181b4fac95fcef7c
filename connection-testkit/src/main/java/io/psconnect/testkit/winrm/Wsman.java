package io.psconnect.testkit.winrm;

/** The names of WS-Management and of its shells (DSP0226, MS-WSMV 2.2.1). */
final class Wsman {
  static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
  static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
  static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
  static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
  static final String IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
  static final String FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
  static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
  static final String CMD = SHELL + "/cmd";
  static final String STATE = SHELL + "/CommandState/";
  static final String SIGNAL = SHELL + "/signal/";
  static final String FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
  static final String ANONYMOUS = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
  static final String CERTIFICATE_PROFILE =
      "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";
  static final String SOAP_TYPE = "application/soap+xml;charset=UTF-8";

  private Wsman() {}
}
