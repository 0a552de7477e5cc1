// Tells the app at once when somebody changes a resource of the fleet. Without it the next tick finds out.
// Made in a second deployment: Event Grid asks the app for the function when the subscription is made.
import { Tags } from 'types.bicep'

param appName string
param fleetResourceGroup string
param tags Tags
param storageName string
param eventsIdentityName string

resource sender 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: eventsIdentityName
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

// Azure allows one system topic per source: if the group has one already, subscribe there instead.
resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: take('${appName}-${uniqueString(fleetResourceGroup)}', 50)
  // Changes of a resource group are published worldwide, not in a region.
  location: 'global'
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${sender.id}': {}
    }
  }
  properties: {
    source: subscriptionResourceId('Microsoft.Resources/resourceGroups', fleetResourceGroup)
    topicType: 'Microsoft.Resources.ResourceGroups'
  }
}

resource subscribed 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: topic
  name: 'resource-event'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      // By resource id: Event Grid fetches the function's key itself, so none is written here.
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${site.id}/functions/ResourceEvent'
        // One event a call: a failed call is sent again whole, and would repeat the good ones.
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Resources.ResourceWriteSuccess'
        'Microsoft.Resources.ResourceActionSuccess'
        'Microsoft.Resources.ResourceDeleteSuccess'
      ]
      advancedFilters: [
        {
          operatorType: 'StringIn'
          key: 'data.resourceProvider'
          values: ['Microsoft.Compute', 'Microsoft.Web']
        }
        {
          operatorType: 'StringBeginsWith'
          key: 'data.operationName'
          values: ['Microsoft.Compute/virtualMachineScaleSets/', 'Microsoft.Compute/virtualMachines/', 'Microsoft.Web/serverfarms/']
        }
      ]
    }
    // An hour: after that many ticks have read the resource anyway.
    retryPolicy: {
      maxDeliveryAttempts: 10
      eventTimeToLiveInMinutes: 60
    }
    // With an identity, because the account accepts no key.
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'UserAssigned'
        userAssignedIdentity: sender.id
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: account.id
          blobContainerName: 'dead-letters'
        }
      }
    }
  }
}
