terraform {
  required_version = ">= 1.6"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.20"
    }
    azapi = { source = "Azure/azapi", version = "~> 2.4" }
  }
}

provider "azurerm" {
  features {}
}

variable "api_workers" {
  type    = number
  default = 2 # production has more
}

resource "azurerm_resource_group" "shop" {
  name     = "rg-shop-${terraform.workspace}"
  location = "westeurope"
}

/* The web tier.
   resource "azurerm_linux_virtual_machine_scale_set" "old" { instances = 9 } */
resource "azurerm_linux_virtual_machine_scale_set" "web" {
  name                = "vmss-web"
  resource_group_name = azurerm_resource_group.shop.name
  location            = azurerm_resource_group.shop.location
  sku                 = "Standard_D4s_v5"
  instances           = 3
  admin_username      = "shop"

  custom_data = base64encode(<<-EOT
    #cloud-config
    # a brace that closes nothing: }
    runcmd: ["/usr/bin/shop --secret ${random_password.shop.result}"]
  EOT
  )

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Standard_LRS"
  }

  tags = { tier = "web", note = "instances = ${1 + 1}" }
}

resource "azurerm_windows_virtual_machine_scale_set" "batch" {
  name           = "vmss-batch"
  sku            = "Standard_D8s_v5"
  admin_username = "shop"
  admin_password = "Tr0ub4dor&3"

  lifecycle {
    prevent_destroy = true
    ignore_changes = [
      tags, # set by policy
      zones # and these
    ]
  }
}

resource "azurerm_orchestrated_virtual_machine_scale_set" "jobs" {
  name                        = "vmss-jobs"
  platform_fault_domain_count = 1
  instances                   = var.api_workers * 2

  lifecycle { create_before_destroy = true }
}

resource "azurerm_orchestrated_virtual_machine_scale_set" "kept" {
  name      = "vmss-kept"
  instances = 4
  lifecycle {
    ignore_changes = [instances, tags]
  }
}
