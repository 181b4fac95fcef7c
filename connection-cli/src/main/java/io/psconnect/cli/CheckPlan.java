package io.psconnect.cli;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionUri;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The stages that a backend goes through, one after the other.
 *
 * @param stages in their order
 * @param failing the stage that a failure to open the connection belongs to
 */
record CheckPlan(List<CheckStage> stages, Function<ConnectionException, CheckStage> failing) {
  private static final Pattern OF_TLS = Pattern.compile("\\bTLS\\b|\\bcertificate\\b");
  private static final List<CheckStage> WINRM =
      List.of(
          CheckStage.LISTENER,
          CheckStage.TLS,
          CheckStage.ENCRYPTION,
          CheckStage.SPN,
          CheckStage.CLOCK,
          CheckStage.CREDENTIALS,
          CheckStage.SHELL,
          CheckStage.POWERSHELL);

  static CheckPlan of(ConnectionUri uri) {
    if (uri.host().isEmpty()) {
      return ofThisMachine();
    }
    return uri.scheme().equals(WinRmShorthands.BACKEND) ? ofWinRm(uri) : ofRemoteHosts();
  }

  /** A process on this machine needs PowerShell alone. */
  private static CheckPlan ofThisMachine() {
    return new CheckPlan(List.of(CheckStage.POWERSHELL), failure -> CheckStage.POWERSHELL);
  }

  private static CheckPlan ofRemoteHosts() {
    return new CheckPlan(
        List.of(
            CheckStage.KNOWN_HOSTS,
            CheckStage.REACH,
            CheckStage.HOST_KEY,
            CheckStage.AUTHENTICATION,
            CheckStage.POWERSHELL),
        CheckPlan::failingStage);
  }

  private static CheckPlan ofWinRm(ConnectionUri uri) {
    boolean http = uri.option("http").filter("true"::equals).isPresent();
    return new CheckPlan(
        WINRM.stream().filter(stage -> !http || stage != CheckStage.TLS).toList(),
        failure -> failingStageOfWinRm(failure, http));
  }

  /** What a phase does not tell of host keys, the words do. */
  private static CheckStage failingStage(ConnectionException failure) {
    return switch (failure.phase()) {
      case LOOKUP, CONNECT -> connecting(failure.getMessage());
      case AUTHENTICATE -> CheckStage.AUTHENTICATION;
      case START, RUN, COPY, CLOSE -> CheckStage.POWERSHELL;
    };
  }

  private static CheckStage connecting(String message) {
    if (!message.contains("host key of ")) {
      return CheckStage.REACH;
    }
    return message.contains(" cannot be checked") ? CheckStage.KNOWN_HOSTS : CheckStage.HOST_KEY;
  }

  private static CheckStage failingStageOfWinRm(ConnectionException failure, boolean http) {
    return switch (failure.phase()) {
      case LOOKUP, CONNECT -> !http && isOfTls(failure) ? CheckStage.TLS : CheckStage.LISTENER;
      case AUTHENTICATE -> loggingIn(failure);
      case START, RUN, COPY, CLOSE -> CheckStage.SHELL;
    };
  }

  /**
   * What a phase does not tell of TLS, the words do; those of the host's name are not among them.
   */
  private static boolean isOfTls(ConnectionException failure) {
    String words = failure.getMessage().substring(failure.origin().toString().length());
    return OF_TLS.matcher(words).find();
  }

  private static CheckStage loggingIn(ConnectionException failure) {
    return failure instanceof AuthenticationException refusal
        ? switch (refusal.problem()) {
          case UNENCRYPTED -> CheckStage.ENCRYPTION;
          case SPN -> CheckStage.SPN;
          case CLOCK -> CheckStage.CLOCK;
          case CREDENTIALS -> CheckStage.CREDENTIALS;
        }
        : CheckStage.CREDENTIALS;
  }
}
