"""Do the tests notice? Mutation testing of the modules that numbers come from."""
