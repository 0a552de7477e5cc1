targetScope = 'resourceGroup'

@description('Where it is.')
param location string = resourceGroup().location

@allowed([ 'dev', 'prod' ])
param environment string = 'dev'

@minValue(1)
param planInstances int = 2

@secure()
param adminPassword string

var isProd = environment == 'prod'
var webSku = {
  name: 'Standard_D4s_v5'
  capacity: isProd ? 6 : 2
}

#disable-next-line use-recent-api-versions
resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: 'plan-api'
  location: location
  sku: {
    name: 'P1v3'
    capacity: planInstances // the pipeline never passes it
  }
  properties: {
    reserved: true
  }
}

resource web 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = if (isProd || environment == 'dev') {
  name: 'vmss-web'
  location: location
  sku: webSku
  properties: {
    virtualMachineProfile: {
      osProfile: {
        customData: '''
#cloud-config
capacity: 9 }
'''
        adminPassword: adminPassword
        computerNamePrefix: 'web${environment}'
      }
    }
  }
}

resource jobs 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: 'vmss-jobs'
  location: location
  sku: { name: 'Standard_D2s_v5', capacity: 4 }
}

resource auto 'Microsoft.Insights/autoscalesettings@2022-10-01' = {
  name: 'auto-web'
  location: location
  properties: {
    targetResourceUri: web.id
    profiles: []
  }
}

resource shards 'Microsoft.Web/serverfarms@2023-12-01' = [for name in [ 'a', 'b' ]: {
  name: 'plan-${name}'
  location: location
  sku: { name: 'P1v3', capacity: 3 }
}]

resource other 'Microsoft.Web/serverfarms@2023-12-01' existing = {
  name: 'plan-other'
}
