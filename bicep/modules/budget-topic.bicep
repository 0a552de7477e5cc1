// Where everything that is said of budgets comes together: action groups by the app's webhook, and the app's own fast clock. Only the
// app's identity may publish; whoever could would only have a budget looked at.
import { Tags } from 'types.bicep'

param topicName string
param location string
param tags Tags
param publisherIdentityName string
param eventsIdentityName string
@description('Whether only a private endpoint leads to it.')
param isPrivate bool

// EventGrid Data Sender.
var dataSender = 'd5a91429-5739-47e2-a06b-3470a27159e7'

resource publisher 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: publisherIdentityName
}

resource sender 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: eventsIdentityName
}

resource topic 'Microsoft.EventGrid/topics@2022-06-15' = {
  name: topicName
  location: location
  tags: tags
  // For dead letters.
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${sender.id}': {}
    }
  }
  properties: {
    inputSchema: 'EventGridSchema'
    disableLocalAuth: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: topic
  name: guid(topic.id, publisher.id, dataSender)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataSender)
    principalId: publisher.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

output id string = topic.id
