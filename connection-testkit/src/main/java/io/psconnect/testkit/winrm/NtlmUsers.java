package io.psconnect.testkit.winrm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who may log in. Of their passwords only the hashes are kept. */
final class NtlmUsers {
  private final Map<String, byte[]> hashes = new ConcurrentHashMap<>();

  NtlmUsers(Map<String, char[]> passwords) {
    passwords.forEach((name, password) -> hashes.put(key(name), NtlmCrypto.ntHash(password)));
  }

  /** The hash of a domain's user, else of the host's own of that name, whatever the domain. */
  Optional<byte[]> hash(String domain, String user) {
    return Optional.ofNullable(hashes.get(key(domain + "\\" + user)))
        .or(() -> Optional.ofNullable(hashes.get(key(user))));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
