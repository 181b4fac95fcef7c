package io.psconnect.winrm.internal.auth.kerberos;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Who logs in where by Kerberos, and with what. Immutable; it keeps its own copy of a password. */
public final class KerberosSettings {
  private final Optional<String> user;
  private final Optional<String> realm;
  private final String spn;
  private final Optional<Path> krb5Conf;
  private final Secret secret;
  private final boolean delegation;

  private KerberosSettings(Builder builder) {
    user = Optional.ofNullable(builder.user);
    realm = Optional.ofNullable(builder.realm);
    spn = Optional.ofNullable(builder.spn).orElse("HTTP/" + builder.host);
    krb5Conf = Optional.ofNullable(builder.krb5Conf);
    secret = builder.secret();
    delegation = builder.delegation;
    check();
  }

  /** Settings for a host, with {@code HTTP/<host>} as its principal until another is given. */
  public static Builder forHost(String host) {
    return new Builder(host);
  }

  private void check() {
    if (user.isEmpty() && !(secret instanceof Cache)) {
      throw new IllegalArgumentException(
          "Kerberos with a password or a keytab needs the user: user@REALM");
    }
    if (user.isPresent() && user.get().contains("@") && realm.isPresent()) {
      throw new IllegalArgumentException(
          "Kerberos: the user %s names a realm; leave out the option that says %s"
              .formatted(user.get(), realm.get()));
    }
    if (!spn.matches("[^/@\\s]+/[^/@\\s]+(@[^/@\\s]+)?")) {
      throw new IllegalArgumentException(
          "Kerberos: the host's principal must be like HTTP/host or HTTP/host@REALM, was " + spn);
    }
  }

  /**
   * The user's principal; empty for that of the credential cache. Realms are written in capitals,
   * as those of Active Directory are, if they are an option of their own; what follows an @ stays.
   */
  Optional<String> principal() {
    return user.map(name -> realm.map(of -> name + "@" + of.toUpperCase(Locale.ROOT)).orElse(name));
  }

  String spn() {
    return spn;
  }

  Optional<Path> krb5Conf() {
    return krb5Conf;
  }

  Secret secret() {
    return secret;
  }

  boolean delegation() {
    return delegation;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Kerberos[%s for %s, %s]".formatted(principal().orElse("cached user"), spn, secret);
  }

  /** What proves who the user is. */
  interface Secret {}

  /** A password. Its characters are never printed. */
  record Password(char[] characters) implements Secret {
    @Override
    public String toString() {
      return "password ***";
    }
  }

  /** A file with tickets, as kinit leaves it. */
  record Cache(Path file) implements Secret {
    @Override
    public String toString() {
      return "credential cache " + file;
    }
  }

  /** A file with keys. */
  record Keytab(Path file) implements Secret {
    @Override
    public String toString() {
      return "keytab " + file;
    }
  }

  /** Collects settings; each is optional, but for exactly one of password, ccache and keytab. */
  public static final class Builder {
    private final String host;
    private String user;
    private String realm;
    private String spn;
    private Path krb5Conf;
    private char[] password;
    private Path ccache;
    private Path keytab;
    private boolean delegation;

    private Builder(String host) {
      this.host = Objects.requireNonNull(host, "host");
    }

    /** {@code user@REALM}, or a user of the {@linkplain #realm realm}. */
    public Builder user(String name) {
      user = name;
      return this;
    }

    /** The user's realm; by default that of the user's name, else the default of krb5.conf. */
    public Builder realm(String name) {
      realm = name;
      return this;
    }

    /**
     * The host's principal; by default {@code HTTP/<host>}. If it names a realm, logins over TLS
     * carry no channel binding.
     */
    public Builder spn(String name) {
      spn = name;
      return this;
    }

    /**
     * The configuration; by default the first there is of $KRB5_CONFIG, ~/.config/krb5.conf and
     * /etc/krb5.conf.
     */
    public Builder krb5Conf(Path file) {
      krb5Conf = file;
      return this;
    }

    /** The password, which is copied. */
    public Builder password(char[] characters) {
      password = characters.clone();
      return this;
    }

    /** A credential cache in a file. */
    public Builder ccache(Path file) {
      ccache = file;
      return this;
    }

    /** A file with the user's keys. */
    public Builder keytab(Path file) {
      keytab = file;
      return this;
    }

    /** Whether the host gets a ticket by which it can act as the user elsewhere. */
    public Builder delegation(boolean wanted) {
      delegation = wanted;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    public KerberosSettings build() {
      return new KerberosSettings(this);
    }

    private Secret secret() {
      if (Stream.of(password, ccache, keytab).filter(Objects::nonNull).count() != 1) {
        throw new IllegalArgumentException(
            "Kerberos needs exactly one of password, credential cache and keytab");
      }
      if (password != null) {
        return new Password(password.clone());
      }
      return ccache != null ? new Cache(ccache) : new Keytab(keytab);
    }
  }
}
