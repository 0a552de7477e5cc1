// What the app may read to take signals from queues and log queries, in one resource group. Nothing else gives these rights, because
// they open contents: messages of a queue, and every table of a workspace.
targetScope = 'resourceGroup'

param identityName string
param identityResourceGroup string

@description('Names of Log Analytics workspaces that policies query.')
param workspaces string[]

@description('Names of storage accounts whose queues policies read.')
param storageAccounts string[]

var logAnalyticsDataReader = '3b03c2da-16b3-4a49-8834-0f8130efdd3b'
var storageQueueDataReader = '19e7f393-937e-4f77-808e-94535e297925'

resource reader 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  scope: resourceGroup(identityResourceGroup)
  name: identityName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = [for name in workspaces: { name: name }]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = [for name in storageAccounts: { name: name }]

resource logs 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in workspaces: {
    scope: workspace[index]
    name: guid(resourceGroup().id, name, reader.id, logAnalyticsDataReader)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', logAnalyticsDataReader)
      principalId: reader.properties.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource queues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, index) in storageAccounts: {
    scope: account[index]
    name: guid(resourceGroup().id, name, reader.id, storageQueueDataReader)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataReader)
      principalId: reader.properties.principalId
      principalType: 'ServicePrincipal'
    }
  }
]
