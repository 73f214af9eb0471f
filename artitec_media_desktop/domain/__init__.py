"""What the words mean: entities, slots, media, limits, keys, hashes, permissions. No I/O."""
