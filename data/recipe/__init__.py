"""How every shipped data file is made from packages of public registries."""
