// What the app may read to have its policies from a container that is not its own: that container, and nothing else of the account.
targetScope = 'resourceGroup'

param identityName string
param identityResourceGroup string

@description('Name of a storage account in this resource group.')
param storageAccount string

@description('Name of a container that is there.')
param container string

var storageBlobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'

resource reader 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  scope: resourceGroup(identityResourceGroup)
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccount
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = {
  parent: account
  name: 'default'
}

resource policies 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  parent: blobs
  name: container
}

resource policyReader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: policies
  name: guid(policies.id, reader.id, storageBlobDataReader)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataReader)
    principalId: reader.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
