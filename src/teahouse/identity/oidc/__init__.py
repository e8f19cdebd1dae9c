"""Logging in by a provider of OpenID Connect, with the authorization code and PKCE."""
