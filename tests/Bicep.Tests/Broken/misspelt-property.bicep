// Wrong on purpose: allowSharedKeyAcces lacks an s, so keys would stay on.
param location string = resourceGroup().location

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'broken'
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAcces: false
  }
}
