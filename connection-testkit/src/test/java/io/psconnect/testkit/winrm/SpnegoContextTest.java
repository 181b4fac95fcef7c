package io.psconnect.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.winrm.HostContext.SealedMessage;
import io.psconnect.testkit.winrm.TokenClient.Login;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that would rather have Kerberos, and has to take NTLM: ntlm_auth's, in our SPNEGO. */
class SpnegoContextTest {
  private static final String KRB5 = "2a864886f712010202";
  private static final String NTLMSSP = "2b06010401823702020a";
  private static final Der BOTH = Der.of(Der.SEQUENCE, Der.oid(KRB5), Der.oid(NTLMSSP));
  private static final Der NTLM_ALONE = Der.of(Der.SEQUENCE, Der.oid(NTLMSSP));

  @TempDir private Path folder;
  private TokenClient client;
  private HostContext host;

  @BeforeEach
  void start() throws IOException {
    Python.requires(Python.NTLM_AUTH);
    Login login = Login.of("ntlm-auth", "X\\bob", "S3cret");
    client = TokenClient.start(login, Python.withMd4(folder));
    host = new NtlmHostLogin(Map.of("bob", "S3cret".toCharArray())).begin(Optional.empty());
  }

  @AfterEach
  void end() {
    if (client != null) {
      client.close();
      host.close();
    }
  }

  @Test
  void theMechanismTheyHaveInCommonIsTakenAndTheListIsSigned() throws Exception {
    byte[] answer = upToTheAnswer();
    byte[] mic = client.sign(BOTH.bytes());
    Reply last = reply(host.accept(response(answer, mic)));
    assertEquals(0, last.state());
    client.verify(BOTH.bytes(), last.octets(3));
    assertTrue(host.isEstablished());
    checkSealing();
  }

  @Test
  void aMicThatComesAfterTheAnswerIsWaitedFor() throws Exception {
    Reply reply = reply(host.accept(response(upToTheAnswer(), null)));
    assertEquals(1, reply.state());
    assertFalse(host.isEstablished());
    client.verify(BOTH.bytes(), reply.octets(3));
    assertEquals(0, reply(host.accept(response(null, client.sign(BOTH.bytes())))).state());
    assertTrue(host.isEstablished());
    checkSealing();
  }

  @Test
  void aMicThatDoesNotComeIsNotWaitedForAgain() throws Exception {
    host.accept(response(upToTheAnswer(), null));
    RefusedLogin refused =
        assertThrows(RefusedLogin.class, () -> host.accept(response(null, null)));
    assertTrue(refused.getMessage().contains("in vain"), refused.getMessage());
    assertFalse(host.isEstablished());
  }

  @Test
  void aListThatWasChangedOnTheWayIsSeen() throws Exception {
    byte[] answer = upToTheAnswer();
    byte[] mic = client.sign(NTLM_ALONE.bytes());
    RefusedLogin refused =
        assertThrows(RefusedLogin.class, () -> host.accept(response(answer, mic)));
    assertTrue(refused.getMessage().contains("does not fit"), refused.getMessage());
    RefusedLogin over = assertThrows(RefusedLogin.class, () -> host.accept(response(null, mic)));
    assertTrue(over.getMessage().contains("This login is over"), over.getMessage());
    assertFalse(host.isEstablished());
  }

  @Test
  void noMechanismInCommonIsToldOf() {
    Der krb5 = Der.of(Der.SEQUENCE, Der.oid(KRB5));
    RefusedLogin refused = assertThrows(RefusedLogin.class, () -> host.accept(init(krb5)));
    assertTrue(refused.getMessage().contains("no mechanism that the host has"));
  }

  /** The token that came for Kerberos is not NTLM's to read. */
  private byte[] upToTheAnswer() throws Exception {
    Reply request = reply(host.accept(init(BOTH)));
    assertEquals(3, request.state());
    assertEquals(NTLMSSP, request.fields().get(1).inner().hex());
    byte[] negotiate = client.step(new byte[0]);
    Reply challenge = reply(host.accept(response(negotiate, null)));
    assertEquals(1, challenge.state());
    return client.step(challenge.octets(2));
  }

  private void checkSealing() throws Exception {
    byte[] message = "text".getBytes(UTF_8);
    SealedMessage sealed = client.seal(message);
    assertArrayEquals(message, host.unseal(sealed.header(), sealed.data()));
    assertArrayEquals(message, client.unseal(host.seal(message)));
  }

  private static byte[] init(Der mechanisms) {
    Der token = new Der(Der.OCTETS, "of Kerberos".getBytes(UTF_8));
    Der fields =
        Der.of(Der.SEQUENCE, Der.of(Der.field(0), mechanisms), Der.of(Der.field(2), token));
    Der spnego = Der.oid(HostMechanism.SPNEGO);
    return Der.of(Der.APPLICATION_0, spnego, Der.of(Der.field(0), fields)).bytes();
  }

  private static byte[] response(byte[] token, byte[] mic) {
    List<Der> fields = new ArrayList<>();
    if (token != null) {
      fields.add(Der.of(Der.field(2), new Der(Der.OCTETS, token)));
    }
    if (mic != null) {
      fields.add(Der.of(Der.field(3), new Der(Der.OCTETS, mic)));
    }
    return Der.of(Der.field(1), Der.of(Der.SEQUENCE, fields.toArray(Der[]::new))).bytes();
  }

  private static Reply reply(byte[] token) throws RefusedLogin {
    Der sequence = Der.next(ByteBuffer.wrap(token)).expect(Der.field(1)).inner();
    ByteBuffer content = sequence.content();
    Map<Integer, Der> fields = new HashMap<>();
    while (content.hasRemaining()) {
      Der field = Der.next(content);
      fields.put(field.tag() & 0x1f, field);
    }
    return new Reply(fields);
  }

  private record Reply(Map<Integer, Der> fields) {
    int state() throws RefusedLogin {
      return fields.get(0).inner().body()[0];
    }

    byte[] octets(int number) throws RefusedLogin {
      return fields.get(number).inner().expect(Der.OCTETS).body();
    }
  }
}
