package io.psconnect.winrm.internal.auth.ntlm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our NTLM against GSS-NTLMSSP's. */
@Timeout(30)
class NtlmPeerTest {
  private static final String PASSWORD = "pässwörd €𝄞";
  private static final byte[] BINDING = "tls-server-end-point:0123456789abcdef".getBytes(UTF_8);
  private static final int MIC_AT = 72;

  @TempDir private Path folder;

  private Acceptor host;
  private NtlmLogin login;

  @BeforeAll
  static void needsTheHost() {
    Acceptor.require();
  }

  @BeforeEach
  void start() throws IOException {
    Path users = Files.writeString(folder.resolve("users"), "BUILD:jürgen:" + PASSWORD + "\n");
    host = Acceptor.start(users);
    login = new NtlmLogin("BUILD", "jürgen", PASSWORD.toCharArray());
  }

  @AfterEach
  void end() throws IOException {
    login.close();
    host.close();
  }

  private SecurityContext begin() throws LoginException {
    return login.begin(Optional.empty());
  }

  private byte[] answer(SecurityContext context) throws Exception {
    return context.next(host.challenge(context.next(new byte[0])));
  }

  private SecurityContext logIn() throws Exception {
    SecurityContext context = begin();
    host.complete(answer(context));
    return context;
  }

  @Test
  void theHostKnowsTheUser() throws Exception {
    SecurityContext context = begin();
    byte[] token = answer(context);
    assertTrue(context.isEstablished());
    assertEquals("BUILD\\jürgen", host.complete(token));
  }

  @Test
  void messagesAreSealedAndOpenedBothWays() throws Exception {
    SecurityContext context = logIn();
    Random random = new Random(1);
    for (int size : List.of(1, 2, 15, 16, 17, 1000, 153_600, 5)) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      assertArrayEquals(message, host.unwrap(context.seal(message)));
      assertArrayEquals(message, context.unseal(host.wrap(message)));
    }
  }

  @Test
  void severalMessagesOneWayNeedNoAnswerBetweenThem() throws Exception {
    SecurityContext context = logIn();
    for (String text : List.of("one", "two", "three")) {
      assertEquals(text, new String(host.unwrap(context.seal(text.getBytes(UTF_8))), UTF_8));
    }
    for (String text : List.of("four", "five")) {
      assertEquals(text, new String(context.unseal(host.wrap(text.getBytes(UTF_8))), UTF_8));
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    login = new NtlmLogin("BUILD", "jürgen", "guess".toCharArray());
    byte[] token = answer(begin());
    assertThrows(Acceptor.Refusal.class, () -> host.complete(token));
  }

  @Test
  void theHostChecksTheIntegrityCode() throws Exception {
    byte[] token = answer(begin());
    token[MIC_AT] ^= 1;
    assertThrows(Acceptor.Refusal.class, () -> host.complete(token));
  }

  @Test
  void theIntegrityCodeGuardsWhatWasAskedFor() throws Exception {
    SecurityContext context = begin();
    byte[] asked = context.next(new byte[0]);
    asked[15] ^= 0x02; // The version: NTLM itself does not look at it.
    byte[] token = context.next(host.challenge(asked));
    assertThrows(Acceptor.Refusal.class, () -> host.complete(token));
  }

  @Test
  void theHostSeesTheChannelThatTheClientMeans() throws Exception {
    SecurityContext context = login.begin(Optional.of(BINDING));
    byte[] token = answer(context);
    assertEquals("BUILD\\jürgen", host.complete(token, BINDING));
  }

  @Test
  void anotherChannelIsRefused() throws Exception {
    SecurityContext context = login.begin(Optional.of(BINDING));
    byte[] token = answer(context);
    byte[] other = "tls-server-end-point:another".getBytes(UTF_8);
    assertThrows(Acceptor.Refusal.class, () -> host.complete(token, other));
  }

  @Test
  void aTargetNameIsNoHindrance() throws Exception {
    login = new NtlmLogin("BUILD", "jürgen", PASSWORD.toCharArray(), "HTTP/build01");
    assertEquals("BUILD\\jürgen", host.complete(answer(begin())));
  }

  @Test
  void aForgedMessageIsNotOpenedAndEndsTheSession() throws Exception {
    SecurityContext context = logIn();
    Sealed sealed = host.wrap("hello".getBytes(UTF_8));
    sealed.data()[0] ^= 1;
    LoginException e = assertThrows(LoginException.class, () -> context.unseal(sealed));
    assertTrue(e.getMessage().contains("does not fit its signature"), e.getMessage());
    assertFalse(context.isEstablished());
    assertThrows(LoginException.class, () -> context.seal(new byte[1]));
  }

  @Test
  void aForgedSignatureIsNotTaken() throws Exception {
    for (int i : List.of(0, 4, 11, 12, 15)) { // Of the version, the checksum, the number.
      end();
      start();
      SecurityContext context = logIn();
      Sealed sealed = host.wrap("hello".getBytes(UTF_8));
      sealed.header()[i] ^= 1;
      assertThrows(LoginException.class, () -> context.unseal(sealed), "byte " + i);
    }
  }

  @Test
  void aMessageIsTakenOnce() throws Exception {
    SecurityContext context = logIn();
    Sealed sealed = host.wrap("hello".getBytes(UTF_8));
    context.unseal(sealed);
    assertThrows(LoginException.class, () -> context.unseal(sealed));
  }

  @Test
  void aMessageThatWasLeftOutIsMissed() throws Exception {
    SecurityContext context = logIn();
    host.wrap("first".getBytes(UTF_8));
    Sealed second = host.wrap("second".getBytes(UTF_8));
    assertThrows(LoginException.class, () -> context.unseal(second));
  }

  @Test
  void theClientsOwnMessagesAreNotTheHosts() throws Exception {
    SecurityContext context = logIn();
    Sealed own = context.seal("hello".getBytes(UTF_8));
    assertThrows(LoginException.class, () -> context.unseal(own));
  }

  @Test
  void oneLoginServesManyConnections() throws Exception {
    logIn();
    host.close();
    host = Acceptor.start(folder.resolve("users"));
    SecurityContext second = logIn();
    assertEquals("hi", new String(second.unseal(host.wrap("hi".getBytes(UTF_8))), UTF_8));
  }
}
