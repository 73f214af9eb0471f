"""What a person does. Plain classes; no Qt, no SQL text, no storage client."""
