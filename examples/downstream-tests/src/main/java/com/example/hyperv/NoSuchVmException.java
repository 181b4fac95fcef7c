package com.example.hyperv;

/** There is no machine of this name. */
public final class NoSuchVmException extends Exception {
  private static final long serialVersionUID = 1;

  NoSuchVmException(String name, Throwable cause) {
    super("no VM '%s'".formatted(name), cause);
  }
}
