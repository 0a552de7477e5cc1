// What the app may change, in one resource group. Deployed in mode act only, once per group of the fleet.
// `virtualMachineScaleSets/write` can do more than change a count (it can add an extension): Azure has no finer action.
// So the role ends at the group, and the client sends nothing but the capacity and the size. `serverfarms/write` can change tags as
// well: its API takes plans whole only, and the client sends back what it read. Machines are started and deallocated; to resize
// them takes `virtualMachines/write`, which is as wide as that of scale sets and granted with `resizeMachines` only. The same goes for
// `autoscaleSettings/write`, by which a floor is put under Azure's own autoscale; it can run no code.
targetScope = 'resourceGroup'

param appName string
param identityName string
param identityResourceGroup string

@description('Whether machines may be given another size.')
param resizeMachines bool = false

// What it may do is data, each grant with its reason: whatever else needs the role reads the same file.
var definition = loadJsonContent('../roles/act.json')
var granted = filter(definition.grants, grant => resizeMachines || !contains(grant, 'parameter'))

resource actor 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  scope: resourceGroup(identityResourceGroup)
  name: identityName
}

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, appName, 'act')
  properties: {
    // Role names are unique in a tenant, so the group is part of the name.
    roleName: '${definition.name} (${appName}, ${resourceGroup().name})'
    description: definition.description
    type: 'CustomRole'
    permissions: [
      {
        actions: flatten(map(granted, grant => grant.actions))
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, actor.id, 'act')
  properties: {
    roleDefinitionId: role.id
    principalId: actor.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
