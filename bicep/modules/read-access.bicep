// What the app may read. On the subscription, because metrics are read for 50 resources at a time through an API
// that checks the right on the subscription named in its address, and because scale sets and plans are listed per subscription.
targetScope = 'subscription'

param appName string
param identityName string
param identityResourceGroup string

resource reader 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  scope: resourceGroup(identityResourceGroup)
  name: identityName
}

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, appName, 'observe')
  properties: {
    roleName: 'ScaleFunctions observe (${appName})'
    description: 'Reads scale sets, virtual machines, App Service plans and AKS clusters, their instance counts, their metrics and autoscale settings, and what Azure allows to be done with them. Changes nothing.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.Compute/virtualMachineScaleSets/read'
          'Microsoft.Compute/virtualMachineScaleSets/instanceView/read'
          // Which instances are protected, of which size each is and how, and which sizes a resource can have.
          'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read'
          'Microsoft.Compute/virtualMachineScaleSets/skus/read'
          'Microsoft.Compute/virtualMachines/vmSizes/read'
          'Microsoft.Web/serverfarms/skus/read'
          // On how many instances the apps of a plan are to run, the count of agent pools, whether machines run.
          'Microsoft.Web/serverfarms/read'
          'Microsoft.Web/serverfarms/sites/read'
          'Microsoft.Web/sites/read'
          'Microsoft.ContainerService/managedClusters/read'
          'Microsoft.Compute/virtualMachines/read'
          'Microsoft.Insights/metrics/read'
          'Microsoft.Insights/metricDefinitions/read'
          // Who else sets a capacity, and which management groups are above it.
          'Microsoft.Insights/autoscaleSettings/read'
          'Microsoft.Authorization/denyAssignments/read'
          // What Azure would refuse: read-only locks, missing roles, quotas, sizes that are not to be had.
          'Microsoft.Authorization/locks/read'
          'Microsoft.Authorization/permissions/read'
          'Microsoft.Compute/locations/usages/read'
          'Microsoft.Compute/skus/read'
          // Who changed a resource, and what Azure says of its cost.
          'Microsoft.Insights/eventtypes/values/read'
          'Microsoft.Advisor/recommendations/read'
          // What was billed, what Azure expects, and budgets. Queries are reads to it, though they are posted.
          'Microsoft.CostManagement/query/read'
          'Microsoft.CostManagement/forecast/read'
          'Microsoft.Consumption/budgets/read'
          'Microsoft.Consumption/usageDetails/read'
          // What stands about: Resource Graph shows only what may be read.
          'Microsoft.Compute/disks/read'
          'Microsoft.Compute/snapshots/read'
          'Microsoft.Network/publicIPAddresses/read'
          'Microsoft.Network/loadBalancers/read'
          'Microsoft.ResourceGraph/resources/read'
          'Microsoft.Resources/subscriptions/read'
          'Microsoft.Resources/subscriptions/resourceGroups/read'
        ]
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
