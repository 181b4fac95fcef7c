package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ssh.SshFault.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;

/** Who is let in, and who has tried. */
final class Logins
    implements PasswordAuthenticator,
        PublickeyAuthenticator,
        KeyboardInteractiveAuthenticator,
        SessionListener {
  private static final AttributeKey<String> METHOD = new AttributeKey<>();
  private static final String PASSWORD = "password";
  private static final String PUBLIC_KEY = "publickey";
  private static final String KEYBOARD_INTERACTIVE = "keyboard-interactive";

  private final Map<String, SshUser> users = new ConcurrentHashMap<>();
  private final List<String> userCas;
  private final Faults faults;
  private final Queue<SshAuthentication> attempts = new ConcurrentLinkedQueue<>();

  Logins(Collection<SshUser> users, List<String> userCas, Faults faults) {
    users.forEach(user -> this.users.put(user.name(), user));
    this.userCas = userCas;
    this.faults = faults;
  }

  List<SshAuthentication> attempts() {
    return List.copyOf(attempts);
  }

  /** The methods by which somebody may log in; clients are offered no others. */
  List<UserAuthFactory> methods() {
    List<UserAuthFactory> methods = new ArrayList<>();
    if (!userCas.isEmpty() || anybody(user -> !user.keys().isEmpty())) {
      methods.add(UserAuthPublicKeyFactory.INSTANCE);
    }
    if (anybody(user -> !user.prompts().isEmpty())) {
      methods.add(UserAuthKeyboardInteractiveFactory.INSTANCE);
    }
    if (methods.isEmpty() || anybody(user -> user.password().isPresent())) {
      methods.add(UserAuthPasswordFactory.INSTANCE);
    }
    return methods;
  }

  private boolean anybody(Predicate<SshUser> predicate) {
    return users.values().stream().anyMatch(predicate);
  }

  private Optional<SshUser> user(String name) {
    return Optional.ofNullable(users.get(name))
        .filter(user -> !faults.has(Kind.REJECT_AUTHENTICATION));
  }

  private boolean decided(ServerSession session, String user, String method, boolean accepted) {
    session.setAttribute(METHOD, method);
    if (!accepted) {
      attempts.add(new SshAuthentication(user, method, false));
    }
    return accepted;
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.Authenticated) {
      attempts.add(
          new SshAuthentication(session.getUsername(), session.getAttribute(METHOD), true));
    }
  }

  @Override
  public boolean authenticate(String name, String password, ServerSession session) {
    boolean accepted = user(name).flatMap(SshUser::password).filter(password::equals).isPresent();
    return decided(session, name, PASSWORD, accepted);
  }

  @Override
  public boolean authenticate(String name, PublicKey key, ServerSession session) {
    boolean accepted = user(name).filter(user -> knows(user, key)).isPresent();
    return decided(session, name, PUBLIC_KEY, accepted);
  }

  /** That a certificate is signed and valid now has been checked before. */
  private boolean knows(SshUser user, PublicKey key) {
    if (key instanceof OpenSshCertificate certificate) {
      return certificate.getPrincipals().contains(user.name())
          && isAmong(userCas, certificate.getCaPubKey());
    }
    return isAmong(user.keys(), key);
  }

  private static boolean isAmong(List<String> lines, PublicKey key) {
    return lines.stream().map(Logins::parse).anyMatch(known -> KeyUtils.compareKeys(known, key));
  }

  static PublicKey parse(String line) {
    try {
      return PublicKeyEntry.parsePublicKeyEntry(line)
          .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "not a public key, expected a line of a .pub file: " + line, e);
    }
  }

  @Override
  public InteractiveChallenge generateChallenge(
      ServerSession session, String name, String language, String methods) {
    InteractiveChallenge challenge = new InteractiveChallenge();
    challenge.setInteractionName("");
    challenge.setInteractionInstruction("");
    challenge.setLanguageTag("");
    prompts(name).forEach(prompt -> challenge.addPrompt(prompt, false));
    return challenge;
  }

  /** Who is not known is asked too, as OpenSSH does, so as not to tell. */
  private Stream<String> prompts(String name) {
    List<String> prompts =
        user(name).map(user -> List.copyOf(user.prompts().keySet())).orElse(List.of());
    return prompts.isEmpty() ? Stream.of("Password: ") : prompts.stream();
  }

  @Override
  public boolean authenticate(ServerSession session, String name, List<String> answers) {
    boolean accepted =
        user(name)
            .map(user -> List.copyOf(user.prompts().values()))
            .filter(expected -> !expected.isEmpty() && expected.equals(answers))
            .isPresent();
    return decided(session, name, KEYBOARD_INTERACTIVE, accepted);
  }
}
