package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Cache;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Keytab;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words for what the JDK's Kerberos client throws. Its own exceptions are in a package that is not
 * exported; their messages end in the error code of RFC 4120, 7.5.9, in brackets.
 */
final class KerberosErrors {
  private static final Pattern CODE = Pattern.compile("\\((\\d{1,3})\\)");
  private static final int DEEPEST = 16;

  private static final Map<Integer, String> BY_CODE =
      Map.ofEntries(
          Map.entry(6, "the KDC does not know the user; correct the user's name or its realm"),
          Map.entry(
              7,
              "the KDC knows no such host; connect by the name that Active Directory has, or set"
                  + " the host's principal (SPN) and, if it is of another realm, [domain_realm]"),
          Map.entry(12, "the KDC's policy forbids this login; ask its administrator"),
          Map.entry(
              14,
              "the KDC allows none of the ciphers that this JVM does; allow AES for the account"),
          Map.entry(18, "the account is disabled, locked or expired; ask its administrator"),
          Map.entry(23, "the password has expired; change it, for instance with kpasswd"),
          Map.entry(24, "the password or key is wrong; correct it"),
          Map.entry(31, "the password or key is wrong; correct it"),
          Map.entry(32, "the ticket has expired; get a new one, for instance with kinit"),
          Map.entry(37, "the clocks differ too much; set the clock here, or the host's"),
          Map.entry(
              41,
              "the host could not read the ticket; its principal (SPN) belongs to another account"),
          Map.entry(68, "the KDC does not serve this realm; correct the realm of the user's name"));

  private KerberosErrors() {}

  /** Why no ticket for the user was to be had. */
  static LoginException ofTicket(Throwable thrown, KerberosSettings settings) {
    String who = settings.principal().orElse("the user of the cache");
    return because("no ticket for " + who, why(thrown).orElseGet(() -> ofFile(settings)), thrown);
  }

  /** The module finds nothing usable in a file, and would have asked somebody. */
  private static String ofFile(KerberosSettings settings) {
    if (settings.secret() instanceof Cache cache) {
      return "%s has no ticket of theirs that is still valid; get one with kinit -c"
          .formatted(cache);
    }
    if (settings.secret() instanceof Keytab keytab) {
      return "%s has no usable key of theirs; see klist -k -e, and make the keytab anew"
          .formatted(keytab);
    }
    return "see the cause";
  }

  /** Why no ticket for the host, or no token, was to be had. */
  static LoginException ofHost(Throwable thrown, KerberosSettings settings) {
    String reason = why(thrown).orElse("see the cause");
    return because("no login to " + settings.spn(), reason, thrown);
  }

  /** Why the host's token is not what it should be. */
  static LoginException ofToken(Throwable thrown, byte[] token, KerberosSettings settings) {
    Optional<String> refusal = HostError.reason(token);
    return refusal.isPresent()
        ? because("%s refuses the login".formatted(settings.spn()), refusal.get(), thrown)
        : because(
            "the host did not prove that it is %s".formatted(settings.spn()),
            "its token is damaged, or made by another; look who answers at this address",
            thrown);
  }

  private static LoginException because(String what, String why, Throwable thrown) {
    return new LoginException(
        "Kerberos: %s: %s (%s)".formatted(what, why, thrown.getMessage()), thrown);
  }

  private static Optional<String> why(Throwable thrown) {
    return causes(thrown).flatMap(cause -> reason(cause).stream()).findFirst();
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  private static Optional<String> reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    OptionalInt code = code(message);
    if (code.isPresent() && BY_CODE.containsKey(code.getAsInt())) {
      return Optional.of(BY_CODE.get(code.getAsInt()));
    }
    if (message.contains("Cannot locate default realm")) {
      return Optional.of("there is no default realm; write user@REALM, or set it in krb5.conf");
    }
    if (message.contains("Cannot locate KDC") || message.contains("Cannot get kdc")) {
      return Optional.of(
          "no KDC of such a realm is known; correct the realm, or add it to [realms]");
    }
    return isOfNetwork(cause)
        ? Optional.of("the KDC does not answer; see that it runs, and what [realms] names")
        : Optional.empty();
  }

  private static OptionalInt code(String message) {
    Matcher code = CODE.matcher(message);
    return code.find() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
  }

  private static boolean isOfNetwork(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException;
  }
}
