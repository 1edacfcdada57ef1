"""One file a verb of `jobunivers`; each holds a click command called `command`."""
