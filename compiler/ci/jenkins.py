"""Jenkins: a declarative pipeline in the organisation's train image; the plan is kept with the build."""

import re

from compiler.ci.interface import CHECKS, Kit

_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]*", re.ASCII)

_PIPELINE = """pipeline {
  agent {
    docker {
      image 'IMAGE'
      args '--entrypoint='
    }
  }
  options {
    timeout(time: 15, unit: 'MINUTES')
    disableConcurrentBuilds(abortPrevious: true)
  }
  stages {
    stage('check') {
      steps {
CHECKS
      }
    }
    stage('plan') {
      when {
        changeRequest()
      }
      steps {
        sh 'mlproject plan --base "origin/$CHANGE_TARGET" --head HEAD --format markdown --out plan.json > plan.md'
        archiveArtifacts artifacts: 'plan.json, plan.md'
      }
    }
  }
}
"""


def render(image: str) -> str:
    """Return the Jenkinsfile: a constant, but for an image that can be nothing but an image."""
    if not _IMAGE.fullmatch(image):
        raise ValueError("the image is no reference of an image")
    checks = "\n".join(f"        sh '{line}'" for line in CHECKS)
    return _PIPELINE.replace("IMAGE", image).replace("CHECKS", checks)


KIT = Kit("Jenkinsfile", render, comment="//")
