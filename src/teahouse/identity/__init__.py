"""Who somebody is: passwords, keys, access tokens, logins and accounts."""
