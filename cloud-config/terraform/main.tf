# An instance whose user data is one script, which is not touched, with Bosky beside it; and the least that its role needs. Put your
# archive's address and checksums into ../bootcmd.yaml.

terraform {
  required_providers {
    aws       = { source = "hashicorp/aws" }
    cloudinit = { source = "hashicorp/cloudinit" }
  }
}

variable "project" {
  type = string
  validation {
    condition     = can(regex("^[A-Za-z0-9._/@ -]{1,256}$", var.project))
    error_message = "The project may have letters, digits, blanks and ._/@- in it."
  }
}

variable "image_id" { type = string }

data "aws_region" "here" {}
data "aws_caller_identity" "me" {}
data "aws_partition" "here" {}

data "cloudinit_config" "user_data" {
  gzip          = true
  base64_encode = true

  part {
    content_type = "text/cloud-config"
    content      = replace(file("${path.module}/../bootcmd.yaml"), "project='my-project'", "project='${var.project}'")
  }
  part {
    content_type = "text/x-shellscript"
    content      = file("${path.module}/user-data.sh")
  }
}

data "aws_iam_policy_document" "tell" {
  statement {
    actions   = ["events:PutEvents"]
    resources = ["arn:${data.aws_partition.here.partition}:events:${data.aws_region.here.name}:${data.aws_caller_identity.me.account_id}:event-bus/default"]
    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = [var.project]
    }
    condition {
      test     = "StringEquals"
      variable = "events:detail-type"
      values   = ["User Data"]
    }
  }
}

data "aws_iam_policy_document" "ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "instance" {
  assume_role_policy = data.aws_iam_policy_document.ec2.json
}

resource "aws_iam_role_policy" "tell" {
  role   = aws_iam_role.instance.id
  policy = data.aws_iam_policy_document.tell.json
}

resource "aws_iam_instance_profile" "instance" {
  role = aws_iam_role.instance.name
}

resource "aws_instance" "web" {
  ami                  = var.image_id
  instance_type        = "t3.small"
  iam_instance_profile = aws_iam_instance_profile.instance.name
  user_data_base64     = data.cloudinit_config.user_data.rendered
  metadata_options {
    http_tokens = "required"
  }
}
