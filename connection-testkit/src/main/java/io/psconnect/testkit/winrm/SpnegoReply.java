package io.psconnect.testkit.winrm;

import java.util.ArrayList;
import java.util.List;

/** The host's NegTokenResp (RFC 4178 4.2.2). */
final class SpnegoReply {
  private static final byte COMPLETED = 0;
  private static final byte INCOMPLETE = 1;
  private static final byte REQUEST_MIC = 3;

  private final List<Der> fields = new ArrayList<>();

  private SpnegoReply(byte state) {
    fields.add(Der.of(Der.field(0), new Der(Der.ENUMERATED, new byte[] {state})));
  }

  static SpnegoReply completed() {
    return new SpnegoReply(COMPLETED);
  }

  static SpnegoReply incomplete() {
    return new SpnegoReply(INCOMPLETE);
  }

  static SpnegoReply requestMic() {
    return new SpnegoReply(REQUEST_MIC);
  }

  SpnegoReply mechanism(String oid) {
    fields.add(Der.of(Der.field(1), Der.oid(oid)));
    return this;
  }

  SpnegoReply token(byte[] token) {
    if (token.length > 0) {
      fields.add(Der.of(Der.field(2), new Der(Der.OCTETS, token)));
    }
    return this;
  }

  SpnegoReply mic(byte[] mic) {
    fields.add(Der.of(Der.field(3), new Der(Der.OCTETS, mic)));
    return this;
  }

  byte[] bytes() {
    return Der.of(Der.field(1), Der.of(Der.SEQUENCE, fields.toArray(Der[]::new))).bytes();
  }
}
