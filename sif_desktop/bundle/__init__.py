"""The signed bundle: identities, the ASiC-E container with CAdES signatures, and verifying it."""
