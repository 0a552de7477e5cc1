// One account for the host's own state, the package, the queues, the app's state and undelivered events. No key opens it.
import { Tags } from 'types.bicep'

param storageName string
param location string
param tags Tags
param queues string[]
param stateTableName string
param hostIdentityName string
param eventsIdentityName string
param deployerObjectId string
@description('Container of policies to make; empty: none.')
param policyContainer string
@description('Whether only private endpoints lead to it.')
param isPrivate bool

// Built-in roles, by the ids Azure gives them everywhere.
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource host 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: hostIdentityName
}

resource events 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: eventsIdentityName
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Public unless the app has a network of its own; who may read is settled by roles either way.
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      // Event Grid writes dead letters, with an identity.
      bypass: 'AzureServices'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    // A package deleted by mistake can be had back while a rollback might need it.
    deleteRetentionPolicy: {
      enabled: true
      days: 14
    }
  }
}

// package: what Flex Consumption runs, owned by the platform. releases: every package deployed, kept for rolling back.
resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [
  for container in ['package', 'releases', 'dead-letters']: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

// What is in force is what is in here, so an overwritten or deleted policy can be had back as well.
resource policies 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (!empty(policyContainer)) {
  parent: blobs
  name: empty(policyContainer) ? 'policies' : policyContainer
  properties: {
    publicAccess: 'None'
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

// The poison queues too: the host would only make one when the first message fails, and nobody could watch it before.
resource queueList 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [
  for queue in queues: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource stateTable 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = {
  parent: tableService
  name: stateTableName
}

// The host keeps locks, timer status and its keys in containers that it makes itself, so this role is on the account.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, host.id, blobDataOwner)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataOwner)
    principalId: host.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Contributor and not Message Processor: a failed message is put back by updating it, which the narrower role leaves out.
resource hostQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (queue, index) in queues: {
    scope: queueList[index]
    name: guid(account.id, queue, host.id, queueDataContributor)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataContributor)
      principalId: host.properties.principalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource hostState 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: stateTable
  name: guid(stateTable.id, host.id, tableDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
    principalId: host.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource eventsDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: containers[2]
  name: guid(account.id, 'dead-letters', events.id, blobDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: events.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource deployerReleases 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerObjectId)) {
  scope: containers[1]
  name: guid(account.id, 'releases', deployerObjectId, blobDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: deployerObjectId
    principalType: 'ServicePrincipal'
  }
}

output id string = account.id
