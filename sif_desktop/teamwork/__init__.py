"""Working together by mail: comparing, merging, packets and sign-off, as functions of trees."""
