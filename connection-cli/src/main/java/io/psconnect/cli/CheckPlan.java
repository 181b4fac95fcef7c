package io.psconnect.cli;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionUri;
import io.psconnect.LoginProblem;
import java.util.List;
import java.util.function.Function;

/**
 * The stages that a backend goes through, one after the other.
 *
 * @param stages in their order
 * @param failing the stage that a failure to open the connection belongs to
 */
record CheckPlan(List<CheckStage> stages, Function<ConnectionException, CheckStage> failing) {
  private static final String SSH = "ssh";
  private static final List<CheckStage> WINRM =
      List.of(
          CheckStage.CONFIGURATION,
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
    return switch (uri.scheme()) {
      case SSH -> ofSsh();
      case WinRmShorthands.BACKEND -> ofWinRm(uri);
      default -> ofRemoteHosts();
    };
  }

  /** A process on this machine needs PowerShell alone. */
  private static CheckPlan ofThisMachine() {
    return new CheckPlan(List.of(CheckStage.POWERSHELL), failure -> CheckStage.POWERSHELL);
  }

  /** What a backend checks of which nothing else is known, the phases alone tell. */
  private static CheckPlan ofRemoteHosts() {
    return new CheckPlan(
        List.of(
            CheckStage.CONFIGURATION,
            CheckStage.REACH,
            CheckStage.AUTHENTICATION,
            CheckStage.POWERSHELL),
        failure -> failingStage(failure, CheckStage.REACH));
  }

  private static CheckPlan ofSsh() {
    return new CheckPlan(
        List.of(
            CheckStage.CONFIGURATION,
            CheckStage.KNOWN_HOSTS,
            CheckStage.REACH,
            CheckStage.HOST_KEY,
            CheckStage.AUTHENTICATION,
            CheckStage.POWERSHELL),
        failure -> failingStage(failure, connecting(failure.getMessage())));
  }

  private static CheckPlan ofWinRm(ConnectionUri uri) {
    boolean http = uri.option("http").filter("true"::equals).isPresent();
    return new CheckPlan(
        WINRM.stream().filter(stage -> !http || stage != CheckStage.TLS).toList(),
        CheckPlan::failingStageOfWinRm);
  }

  private static CheckStage failingStage(ConnectionException failure, CheckStage connecting) {
    return switch (failure.phase()) {
      case PREPARE -> CheckStage.CONFIGURATION;
      case LOOKUP, CONNECT, TLS -> connecting;
      case AUTHENTICATE -> CheckStage.AUTHENTICATION;
      case START, RUN, COPY, CLOSE -> CheckStage.POWERSHELL;
    };
  }

  /** What a phase does not tell of host keys, the words do. */
  private static CheckStage connecting(String message) {
    if (!message.contains("host key of ")) {
      return CheckStage.REACH;
    }
    return message.contains(" cannot be checked") ? CheckStage.KNOWN_HOSTS : CheckStage.HOST_KEY;
  }

  /** A refusal may come at any message, for instance for want of rights. */
  private static CheckStage failingStageOfWinRm(ConnectionException failure) {
    if (failure instanceof AuthenticationException refusal) {
      return refused(refusal.problem());
    }
    return switch (failure.phase()) {
      case PREPARE -> CheckStage.CONFIGURATION;
      case LOOKUP, CONNECT -> CheckStage.LISTENER;
      case TLS -> CheckStage.TLS;
      case AUTHENTICATE -> CheckStage.CREDENTIALS;
      case START, RUN, COPY, CLOSE -> CheckStage.SHELL;
    };
  }

  private static CheckStage refused(LoginProblem problem) {
    return switch (problem) {
      case UNENCRYPTED -> CheckStage.ENCRYPTION;
      case SPN -> CheckStage.SPN;
      case CLOCK -> CheckStage.CLOCK;
      case CREDENTIALS -> CheckStage.CREDENTIALS;
    };
  }
}
