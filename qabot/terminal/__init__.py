"""What a person sees: records become rich renderables here, and the REPL lives here."""
