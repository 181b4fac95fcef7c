package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.LoginProblem;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Suspicion;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Cache;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Keytab;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words for what the JDK's Kerberos client throws. Its own exceptions are in a package that is not
 * exported; their messages end in the error code of RFC 4120, 7.5.9, in brackets.
 */
final class KerberosErrors {
  private static final Pattern CODE = Pattern.compile("\\((\\d{1,3})\\)");
  private static final int DEEPEST = 16;

  private static final Map<Integer, String> OF_CREDENTIALS =
      Map.of(
          6, "the KDC does not know the user; correct the user's name or its realm",
          12, "the KDC's policy forbids this login; ask its administrator",
          14, "the KDC allows none of the ciphers that this JVM does; allow AES for the account",
          18, "the account is disabled, locked or expired; ask its administrator",
          23, "the password has expired; change it, for instance with kpasswd",
          24, "the password or key is wrong; correct it",
          31, "the password or key is wrong; correct it",
          32, "the ticket has expired by the KDC's clock; get a new one, for instance with kinit",
          68, "the KDC does not serve this realm; correct the realm of the user's name");

  private KerberosErrors() {}

  /** Why no ticket for the user was to be had. */
  static LoginException ofTicket(Throwable thrown, KerberosSettings settings) {
    String who = settings.principal().orElse("the user of the cache");
    Suspicion why = why(thrown, settings).orElseGet(() -> ofCredentials(ofFile(settings)));
    return because("no ticket for " + who, why, thrown);
  }

  /** The module finds nothing usable in a file, and would have asked somebody. */
  private static String ofFile(KerberosSettings settings) {
    if (settings.secret() instanceof Cache cache) {
      return expired(cache, settings.principal())
          .orElseGet(
              () ->
                  "%s has no ticket of theirs that is still valid; get one with kinit -c"
                      .formatted(cache));
    }
    if (settings.secret() instanceof Keytab keytab) {
      return "%s has no usable key of theirs; see klist -k -e, and make the keytab anew"
          .formatted(keytab);
    }
    return "see the cause";
  }

  /** The user may have been named without the realm. */
  private static Optional<String> expired(Cache cache, Optional<String> principal) {
    return CacheFile.read(cache.file())
        .filter(found -> found.end().isBefore(Instant.now()))
        .filter(found -> principal.map(who -> isOf(found, who)).orElse(true))
        .map(
            found ->
                "the ticket of %s in the %s has expired at %s (the clock here says %s); get a new one"
                        .formatted(
                            found.user(),
                            cache,
                            Clocks.shown(found.end()),
                            Clocks.shown(Instant.now()))
                    + " with kinit -c");
  }

  private static boolean isOf(CacheFile cache, String principal) {
    return cache.user().equals(principal) || cache.user().startsWith(principal + "@");
  }

  /** Why no ticket for the host, or no token, was to be had. */
  static LoginException ofHost(Throwable thrown, KerberosSettings settings) {
    Suspicion why = why(thrown, settings).orElse(ofCredentials("see the cause"));
    return because("no login to " + settings.spn(), why, thrown);
  }

  /** Why the host's token is not what it should be. */
  static LoginException ofToken(Throwable thrown, byte[] token, KerberosSettings settings) {
    return HostError.reason(token)
        .map(why -> because("%s refuses the login".formatted(settings.spn()), why, thrown))
        .orElseGet(
            () ->
                because(
                    "the host did not prove that it is %s".formatted(settings.spn()),
                    ofCredentials(
                        "its token is damaged, or made by another; look who answers at this"
                            + " address"),
                    thrown));
  }

  /** The KDC has given a ticket for the host: it is not for want of a password that it says no. */
  static Suspicion suspicion(Optional<Instant> hostsTime, KerberosSettings settings) {
    String believed = "The KDC has given a ticket for %s, ".formatted(settings.spn());
    return hostsTime.filter(Clocks::differ).isPresent()
        ? ofClock(believed + "but " + Clocks.words("the host's", hostsTime.get()))
        : ofSpn(
            believed
                + "so the user and their password or key are right. Check that this principal (SPN)"
                + " belongs to the account that the host itself runs as, that the host's clock is"
                + " right, and that the user may log in there");
  }

  private static LoginException because(String what, Suspicion why, Throwable thrown) {
    return new LoginException(
        why.problem(),
        "Kerberos: %s: %s (%s)".formatted(what, why.words(), thrown.getMessage()),
        thrown);
  }

  private static Optional<Suspicion> why(Throwable thrown, KerberosSettings settings) {
    return causes(thrown).flatMap(cause -> reason(cause, settings).stream()).findFirst();
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  private static Optional<Suspicion> reason(Throwable cause, KerberosSettings settings) {
    String message = String.valueOf(cause.getMessage());
    Optional<Suspicion> coded = code(message).flatMap(code -> byCode(code, settings));
    return coded.isPresent()
        ? coded
        : withoutCode(cause, message).map(KerberosErrors::ofCredentials);
  }

  /** The first number in brackets. */
  private static Optional<Integer> code(String message) {
    return CODE.matcher(message)
        .results()
        .findFirst()
        .map(found -> Integer.valueOf(found.group(1)));
  }

  private static Optional<Suspicion> byCode(int code, KerberosSettings settings) {
    return switch (code) {
      case 7 -> Optional.of(ofSpn(unknown(settings)));
      case 33 ->
          Optional.of(
              ofClock(
                  "the ticket is not valid yet by the KDC's clock; set the clock"
                      + " here, or the KDC's"));
      case 37 -> Optional.of(ofClock(Clocks.words("the KDC's")));
      case 41 ->
          Optional.of(
              ofSpn(
                  "the host could not read the ticket; its principal (SPN) belongs to another"
                      + " account"));
      default -> Optional.ofNullable(OF_CREDENTIALS.get(code)).map(KerberosErrors::ofCredentials);
    };
  }

  private static String unknown(KerberosSettings settings) {
    return "the KDC knows no principal (SPN) %s; connect by the name that Active Directory has, or"
            .formatted(settings.spn())
        + " set the host's SPN and, if it is of another realm, [domain_realm]";
  }

  private static Optional<String> withoutCode(Throwable cause, String message) {
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

  private static Suspicion ofSpn(String words) {
    return new Suspicion(LoginProblem.SPN, words);
  }

  private static Suspicion ofClock(String words) {
    return new Suspicion(LoginProblem.CLOCK, words);
  }

  private static Suspicion ofCredentials(String words) {
    return new Suspicion(LoginProblem.CREDENTIALS, words);
  }

  private static boolean isOfNetwork(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException;
  }
}
