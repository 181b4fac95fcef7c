package io.psconnect;

/** Whether a script whose result is not known may have had an effect. */
public enum ScriptState {
  /** No statement of the script was run. It may be tried again. */
  NOT_STARTED,

  /** It may have run, wholly or in part. Look before trying again. */
  MAY_HAVE_RUN
}
