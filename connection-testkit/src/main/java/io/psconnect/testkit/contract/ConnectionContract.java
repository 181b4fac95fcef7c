package io.psconnect.testkit.contract;

import io.psconnect.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What every connection does, whatever carries its bytes. A backend proves it by a test class that
 * extends this one:
 *
 * <pre>{@code
 * class VendorContractTest extends ConnectionContract {
 *   @Override
 *   protected Connection newConnection() throws Exception {
 *     return Connections.of(VendorOptions.of("build01"));
 *   }
 *
 *   @Override
 *   protected String remoteFolder() {
 *     return "C:\\Windows\\Temp";
 *   }
 * }
 * }</pre>
 *
 * <p>The rules stand in groups, one interface each. A rule may start several PowerShell processes;
 * one that takes more than two minutes has failed. Nothing is left on the host.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("exports") // JUnit is optional for the module, and here for whoever uses this.
public abstract class ConnectionContract
    implements RunRules,
        TextRules,
        InputRules,
        OutputRules,
        ErrorTextRules,
        TimeRules,
        ConcurrencyRules,
        LifeRules,
        FileRules,
        FileNameRules,
        BadInputRules,
        SecretRules {
  private ContractHost host;

  /** For the backend's test class. */
  protected ConnectionContract() {}

  /**
   * Makes a connection to the host, always the same host.
   *
   * @return a new connection that is not open
   * @throws Exception if none can be made; the rule that asked for it fails by that
   */
  protected abstract Connection newConnection() throws Exception;

  /**
   * A place for files on the host: folders are made in it, and removed in the end.
   *
   * @return the absolute path of a folder that exists or can be made, without a separator at its
   *     end; one that begins with {@code /} has slashes, any other backslashes
   */
  protected abstract String remoteFolder();

  /**
   * What cannot be done here. A rule that needs it is skipped, and says why.
   *
   * @return each capability that is missing with its reason; none by default
   */
  protected Map<Capability, String> missing() {
    return Map.of();
  }

  /**
   * What the platform below PowerShell writes to standard error by itself, whatever the script is:
   * the rules pass over it.
   *
   * @return finds it, in ASCII; nothing by default
   */
  protected Optional<Pattern> platformNoise() {
    return Optional.empty();
  }

  /**
   * How long a rule waits for what should come soon, the end of a call that was given up for
   * instance, before it fails.
   *
   * @return a minute by default
   */
  protected Duration patience() {
    return Duration.ofMinutes(1);
  }

  @Override
  public final ContractHost host() {
    if (host == null) {
      host = new ContractHost(this);
    }
    return host;
  }

  /** Closes the connections and removes what the rules left on the host. */
  @AfterAll
  public final void leaveNothingBehind() {
    host().close();
  }
}
