import com.xebialabs.overthere.CmdLine;
import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OperatingSystemFamily;
import com.xebialabs.overthere.Overthere;
import com.xebialabs.overthere.OverthereConnection;
import com.xebialabs.overthere.OverthereFile;
import com.xebialabs.overthere.cifs.CifsConnectionBuilder;
import com.xebialabs.overthere.cifs.CifsConnectionType;
import com.xebialabs.overthere.util.CapturingOverthereExecutionOutputHandler;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/** Runs each line of standard input as an encoded command by one Overthere connection, and prints its exit code. */
public final class OverthereCalls {
  public static void main(String[] args) throws Exception {
    ConnectionOptions options = new ConnectionOptions();
    options.set(ConnectionOptions.ADDRESS, "127.0.0.1");
    options.set(ConnectionOptions.PORT, Integer.parseInt(args[0]));
    options.set(ConnectionOptions.USERNAME, args[1]);
    options.set(ConnectionOptions.PASSWORD, System.getenv("PEER_PASSWORD"));
    options.set(ConnectionOptions.OPERATING_SYSTEM, OperatingSystemFamily.WINDOWS);
    options.set(CifsConnectionBuilder.CONNECTION_TYPE, CifsConnectionType.WINRM_INTERNAL);
    options.set(CifsConnectionBuilder.WINRM_ENABLE_HTTPS, false);
    try (OverthereConnection connection = Overthere.getConnection("cifs", options)) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        CapturingOverthereExecutionOutputHandler out =
            CapturingOverthereExecutionOutputHandler.capturingHandler();
        int code =
            connection.execute(
                out,
                CapturingOverthereExecutionOutputHandler.capturingHandler(),
                CmdLine.build(
                    "powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", line));
        System.out.println(code);
      }
    }
  }
}
