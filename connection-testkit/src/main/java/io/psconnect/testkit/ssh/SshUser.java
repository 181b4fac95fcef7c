package io.psconnect.testkit.ssh;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * Somebody who may log in at an {@link SshHost}, and by what; by each of the ways given alone.
 * Immutable.
 *
 * <pre>{@code
 * SshUser.named("admin").withPassword("secret").withKey("ssh-ed25519 AAAAC3...")
 * }</pre>
 */
public final class SshUser {
  private final String name;
  private final Optional<String> password;
  private final List<String> keys;
  private final Map<String, String> prompts;

  private SshUser(
      String name, Optional<String> password, List<String> keys, Map<String, String> prompts) {
    this.name = name;
    this.password = password;
    this.keys = List.copyOf(keys);
    this.prompts = Collections.unmodifiableMap(new LinkedHashMap<>(prompts));
  }

  /**
   * A user who cannot log in yet, but by a certificate, where the host trusts one.
   *
   * @param name as the client gives it, case included
   * @return the user
   */
  public static SshUser named(String name) {
    return new SshUser(Objects.requireNonNull(name, "name"), Optional.empty(), List.of(), Map.of());
  }

  /**
   * Lets the user log in by the method {@code password} (RFC 4252, section 8).
   *
   * @param password what must be given
   * @return a user with it
   */
  public SshUser withPassword(String password) {
    return new SshUser(name, Optional.of(password), keys, prompts);
  }

  /**
   * Lets the user log in by a key, besides those there are.
   *
   * @param line as in {@code authorized_keys} or a {@code .pub} file, without options: {@code
   *     ssh-ed25519 AAAA...}, a comment after it is ignored
   * @return a user with it
   */
  public SshUser withKey(String line) {
    List<String> more = new ArrayList<>(keys);
    more.add(line.strip());
    return new SshUser(name, password, more, prompts);
  }

  /**
   * Lets the user log in by a key, besides those there are.
   *
   * @param key of a kind that SSH knows
   * @return a user with it
   */
  public SshUser withKey(PublicKey key) {
    return withKey(PublicKeyEntry.toString(Ed25519.adopted(key)));
  }

  /**
   * Lets the user log in by the method {@code keyboard-interactive} (RFC 4256). All prompts of a
   * user are shown at once, in the order in which they were given here, without echo.
   *
   * @param prompt what is shown, for instance {@code "Password: "}; each may be there once
   * @param answer what must be given
   * @return a user with it
   */
  public SshUser withPrompt(String prompt, String answer) {
    Map<String, String> more = new LinkedHashMap<>(prompts);
    more.put(Objects.requireNonNull(prompt, "prompt"), Objects.requireNonNull(answer, "answer"));
    return new SshUser(name, password, keys, more);
  }

  String name() {
    return name;
  }

  Optional<String> password() {
    return password;
  }

  List<String> keys() {
    return keys;
  }

  /** Prompts and their answers, in turn. */
  Map<String, String> prompts() {
    return prompts;
  }

  @Override
  public String toString() {
    return "SshUser[%s%s, %d keys, %d prompts]"
        .formatted(name, password.isPresent() ? ", password ***" : "", keys.size(), prompts.size());
  }
}
