"""The commands, one module each: HELP (a line), configure(parser), execute(arguments) -> exit code."""
