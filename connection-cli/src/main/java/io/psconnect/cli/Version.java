package io.psconnect.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "connection " + ofModule().or(Version::ofManifest).orElse("(development)"),
      "Java %s on %s %s"
          .formatted(
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }

  private static Optional<String> ofModule() {
    return Optional.ofNullable(Version.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion);
  }

  /** On the class path there is no module. */
  private static Optional<String> ofManifest() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
  }
}
