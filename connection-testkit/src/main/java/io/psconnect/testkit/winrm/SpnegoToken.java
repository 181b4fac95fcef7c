package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's token of SPNEGO (RFC 4178 4.2): the fields by their numbers. */
final class SpnegoToken {
  private static final int INIT = Der.field(0);
  private static final int RESPONSE = Der.field(1);
  private static final int MECHANISMS = Der.field(0);
  private static final int TOKEN = Der.field(2);
  private static final int MIC = Der.field(3);

  private final Map<Integer, Der> fields = new HashMap<>();

  private SpnegoToken(Der choice) throws RefusedLogin {
    ByteBuffer content = choice.inner().expect(Der.SEQUENCE).content();
    while (content.hasRemaining()) {
      Der field = Der.next(content);
      fields.put(field.tag(), field.inner());
    }
  }

  /** NegTokenInit, in its frame. */
  static SpnegoToken init(byte[] token) throws RefusedLogin {
    SpnegoToken init = new SpnegoToken(Der.next(InitialToken.afterOid(token)).expect(INIT));
    if (!init.fields.containsKey(MECHANISMS)) {
      throw new RefusedLogin("The client's NegTokenInit lists no mechanisms", null);
    }
    return init;
  }

  /** NegTokenResp. */
  static SpnegoToken response(byte[] token) throws RefusedLogin {
    return new SpnegoToken(Der.next(ByteBuffer.wrap(token)).expect(RESPONSE));
  }

  /** The client's mechanisms, the one it likes best first. */
  List<String> mechanisms() throws RefusedLogin {
    ByteBuffer content = fields.get(MECHANISMS).expect(Der.SEQUENCE).content();
    List<String> oids = new ArrayList<>();
    while (content.hasRemaining()) {
      oids.add(Der.next(content).expect(Der.OID).hex());
    }
    return oids;
  }

  /** What the MIC is over: the encoded list. */
  byte[] mechanismList() {
    return fields.get(MECHANISMS).bytes();
  }

  Optional<byte[]> token() throws RefusedLogin {
    return octets(TOKEN);
  }

  Optional<byte[]> mic() throws RefusedLogin {
    return octets(MIC);
  }

  private Optional<byte[]> octets(int field) throws RefusedLogin {
    return fields.containsKey(field)
        ? Optional.of(fields.get(field).expect(Der.OCTETS).body())
        : Optional.empty();
  }
}
