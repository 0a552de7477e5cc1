// What the app may read. On the subscription, because metrics are read for 50 resources at a time through an API
// that checks the right on the subscription named in its address, and because scale sets and plans are listed per subscription.
targetScope = 'subscription'

param appName string
param identityName string
param identityResourceGroup string

// What it may do is data, each grant with its reason: whatever else needs the role reads the same file.
var definition = loadJsonContent('../roles/observe.json')

resource reader 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  scope: resourceGroup(identityResourceGroup)
  name: identityName
}

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, appName, 'observe')
  properties: {
    roleName: '${definition.name} (${appName})'
    description: definition.description
    type: 'CustomRole'
    permissions: [
      {
        actions: flatten(map(definition.grants, grant => grant.actions))
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [subscription().id]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, reader.id, 'observe')
  properties: {
    roleDefinitionId: role.id
    principalId: reader.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
