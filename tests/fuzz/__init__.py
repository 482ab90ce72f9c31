"""The promises of the readers, tried for minutes instead of seconds."""
