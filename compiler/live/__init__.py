"""What touches a cluster: only when asked, through the libraries of the extra `cluster`, loaded here alone."""
