resource "azurerm_service_plan" "api" {
  name         = "plan-api"
  os_type      = "Linux"
  sku_name     = "P1v3"
  worker_count = var.api_workers

  lifecycle {
    ignore_changes = [tags]
  }
}

# Its count is not in here, so it stays as it is.
resource "azurerm_service_plan" "admin" {
  name     = "plan-admin"
  os_type  = "Linux"
  sku_name = "B1"
}

resource "azurerm_monitor_autoscale_setting" "api" {
  name               = "auto-api"
  target_resource_id = azurerm_service_plan.api.id
}

resource "azapi_resource" "flex" {
  type      = "Microsoft.Compute/virtualMachineScaleSets@2024-07-01"
  name      = "vmss-flex"
  parent_id = azurerm_resource_group.shop.id

  body = {
    sku = {
      name     = "Standard_D2s_v5"
      capacity = 5
    }
    properties = { orchestrationMode = "Flexible" }
  }
}

resource "azapi_resource" "text" {
  type = "Microsoft.Web/serverfarms@2023-12-01"
  name = "plan-text"
  body = jsonencode({ sku = { name = "P1v3", capacity = 2 } })
}
