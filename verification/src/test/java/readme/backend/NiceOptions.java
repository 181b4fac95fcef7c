package readme.backend;

import io.psconnect.ConnectionOptions;

public record NiceOptions(String niceness) implements ConnectionOptions {

  public NiceOptions {
    if (!niceness.matches("1?[0-9]")) {
      throw new IllegalArgumentException(
          "niceness is '%s'; it must be 0 to 19".formatted(niceness));
    }
  }

  @Override
  public String backend() {
    return "nice";
  }
}
