package io.psconnect.testkit.winrm;

import io.psconnect.testkit.winrm.HostContext.SealedMessage;
import io.psconnect.testkit.winrm.WinRmFault.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets clients in on one connection, and opens and seals what they say. */
final class Gate implements AutoCloseable {
  private static final String BASIC = "Basic";

  private final WinRmHost.Builder host;
  private final List<HostLogin> logins;
  private final Channel channel;
  private final WinRmFaults faults;
  private final Journal journal;
  private Optional<TokenLogin> current = Optional.empty();
  private Optional<String> known = Optional.empty();
  private byte[] lastSealed = new byte[0];

  /** What is below HTTP. */
  interface Channel {
    boolean isEncrypted();

    Optional<byte[]> binding();

    Optional<X509Certificate> clientCertificate();
  }

  /** A login by tokens, as far as it has got. */
  private record TokenLogin(String scheme, HostContext context) {}

  /**
   * A client at the gate.
   *
   * @param user who has been let in, if anybody
   * @param refusal what is answered to who has not
   * @param message what they said
   * @param challenges go with the answer to who has been let in
   */
  record Entry(
      Optional<String> user,
      Answer refusal,
      byte[] message,
      boolean sealed,
      List<String> challenges) {}

  Gate(
      WinRmHost.Builder host,
      List<HostLogin> logins,
      Channel channel,
      WinRmFaults faults,
      Journal journal) {
    this.host = host;
    this.logins = logins;
    this.channel = channel;
    this.faults = faults;
    this.journal = journal;
  }

  Entry enter(String authorization, String contentType, byte[] body) {
    if (isEstablished() && (strikes(Kind.UNAUTHORIZED) || strikes(Kind.LOGIN))) {
      return refuse(Answer.UNAUTHORIZED);
    }
    String[] parts = authorization.strip().split("\\s+", 2);
    String value = parts.length > 1 ? parts[1] : "";
    if (authorization.isBlank()) {
      return goOn(contentType, body, List.of());
    } else if (parts[0].equalsIgnoreCase(BASIC)) {
      return basic(value, body);
    } else if (authorization.strip().equals(Wsman.CERTIFICATE_PROFILE)) {
      return certificate(body);
    }
    return token(parts[0], value, contentType, body);
  }

  private boolean strikes(Kind kind) {
    return faults.take(kind, Optional.empty()).isPresent();
  }

  private boolean isEstablished() {
    return current.filter(login -> login.context.isEstablished()).isPresent();
  }

  /** What is left of a login is forgotten; all ways are offered. */
  private Entry refuse(int status) {
    close();
    Answer answer =
        status == Answer.UNAUTHORIZED
            ? Answer.empty(status, offers())
            : Answer.html(status, "Bad Request");
    return new Entry(Optional.empty(), answer, new byte[0], false, List.of());
  }

  private List<String> offers() {
    List<String> offers = new ArrayList<>();
    logins.stream().map(HostLogin::scheme).forEach(offers::add);
    if (takesBasic()) {
      offers.add("Basic realm=\"WSMAN\"");
    }
    if (channel.isEncrypted() && !host.certificates.isEmpty()) {
      offers.add(Wsman.CERTIFICATE_PROFILE);
    }
    return offers;
  }

  private boolean takesBasic() {
    return host.basic && (channel.isEncrypted() || host.allowUnencrypted);
  }

  private static Entry admit(String user, byte[] message) {
    return new Entry(Optional.of(user), Answer.empty(Answer.OK), message, false, List.of());
  }

  private Entry basic(String value, byte[] body) {
    Optional<String> user = takesBasic() ? basicUser(value) : Optional.empty();
    return let(user, body);
  }

  private Entry let(Optional<String> user, byte[] message) {
    Optional<String> taken = user.filter(name -> !strikes(Kind.LOGIN));
    note(taken);
    return taken.map(name -> admit(name, message)).orElseGet(() -> refuse(Answer.UNAUTHORIZED));
  }

  /** Basic and certificates come with each message: they count once on a connection. */
  private void note(Optional<String> user) {
    if (user.isEmpty()) {
      journal.refused();
    } else if (!known.equals(user)) {
      journal.loggedIn();
      known = user;
    }
  }

  private Optional<String> basicUser(String value) {
    try {
      byte[] given = Base64.getDecoder().decode(value);
      return host.users.entrySet().stream()
          .filter(user -> isPair(given, user.getKey(), user.getValue()))
          .map(user -> user.getKey())
          .findFirst();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** RFC 7617 leaves the charset to the two: clients choose one of these. */
  private static boolean isPair(byte[] given, String name, char[] password) {
    String pair = name + ":" + new String(password);
    return Stream.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)
        .anyMatch(charset -> MessageDigest.isEqual(given, pair.getBytes(charset)));
  }

  private Entry certificate(byte[] body) {
    Optional<String> user = channel.clientCertificate().map(host.certificates::get);
    return let(user, body);
  }

  private Entry token(String scheme, String value, String contentType, byte[] body) {
    try {
      byte[] token = Base64.getDecoder().decode(value);
      byte[] answer = accept(scheme, token);
      TokenLogin login = current.orElseThrow();
      if (!login.context.isEstablished()) {
        return next(challenge(login, answer));
      }
      if (strikes(Kind.LOGIN)) {
        throw new RefusedLogin("nobody is let in", null);
      }
      journal.loggedIn();
      return goOn(
          contentType, body, answer.length > 0 ? List.of(challenge(login, answer)) : List.of());
    } catch (RefusedLogin | IllegalArgumentException e) {
      journal.refused();
      return refuse(Answer.UNAUTHORIZED);
    }
  }

  private static Entry next(String challenge) {
    Answer answer = Answer.empty(Answer.UNAUTHORIZED, List.of(challenge));
    return new Entry(Optional.empty(), answer, new byte[0], false, List.of());
  }

  private static String challenge(TokenLogin login, byte[] token) {
    return login.scheme + " " + Base64.getEncoder().encodeToString(token);
  }

  private byte[] accept(String scheme, byte[] token) throws RefusedLogin {
    if (current.filter(login -> login.scheme.equalsIgnoreCase(scheme)).isEmpty()
        || isEstablished()) {
      close();
      return begin(scheme, token);
    }
    return current.get().context.accept(token);
  }

  private byte[] begin(String scheme, byte[] token) throws RefusedLogin {
    HostLogin login =
        logins.stream()
            .filter(one -> one.scheme().equalsIgnoreCase(scheme))
            .findFirst()
            .orElseThrow(() -> new RefusedLogin("%s is not offered".formatted(scheme), null));
    current = Optional.of(new TokenLogin(login.scheme(), login.begin(channel.binding())));
    return current.get().context.accept(token);
  }

  private Entry goOn(String contentType, byte[] body, List<String> challenges) {
    if (!isEstablished()) {
      return refuse(Answer.UNAUTHORIZED);
    }
    boolean sealed = SealedBody.isAnnouncedBy(contentType);
    boolean plain = channel.isEncrypted() || host.allowUnencrypted || body.length == 0;
    if (!sealed && !plain) {
      return refuse(Answer.UNAUTHORIZED);
    }
    TokenLogin login = current.get();
    try {
      byte[] message = sealed && body.length > 0 ? open(login, body) : body;
      return new Entry(
          Optional.of(login.context.user()), Answer.empty(Answer.OK), message, sealed, challenges);
    } catch (RefusedLogin e) {
      return refuse(Answer.BAD_REQUEST);
    }
  }

  private static byte[] open(TokenLogin login, byte[] body) throws RefusedLogin {
    SealedBody sealed = SealedBody.parse(body, login.scheme);
    byte[] message = login.context.unseal(sealed.header(), sealed.data());
    if (message.length != sealed.length()) {
      String lengths = "%d bytes were sealed, %d announced";
      throw new RefusedLogin(lengths.formatted(message.length, sealed.length()), null);
    }
    return message;
  }

  /** Seals an answer to who has sealed the question. */
  Answer leave(Answer answer) {
    if (answer.body().length == 0 || faults.take(Kind.PLAINTEXT, answer.operation()).isPresent()) {
      return answer;
    }
    TokenLogin login = current.orElseThrow();
    SealedMessage message = login.context.seal(answer.body());
    byte[] sealed =
        new SealedBody(answer.body().length, message.header(), message.data()).bytes(login.scheme);
    boolean replayed =
        lastSealed.length > 0 && faults.take(Kind.REPLAY, answer.operation()).isPresent();
    byte[] sent = replayed ? lastSealed : sealed;
    lastSealed = sealed;
    return answer.with(SealedBody.contentType(login.scheme), sent);
  }

  @Override
  public void close() {
    current.ifPresent(login -> login.context.close());
    current = Optional.empty();
    lastSealed = new byte[0];
  }
}
