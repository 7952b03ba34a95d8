"""The hosts of Git repositories: requests, their comments and approvals, through the APIs of GitHub and GitLab."""
