"""The services that wake up devices: browsers' push services, Google's and Apple's."""
