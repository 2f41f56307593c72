"""Every test of Fourfold; a package, so that no folder here passes for the library."""
