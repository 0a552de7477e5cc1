// The network of the app: one subnet that the app calls from, one for private endpoints, and the zones in which their names are.
// Subnets that are there are used as they are; only zones are made then, unless names are looked after elsewhere.
import { PrivateNetwork, Tags } from 'types.bicep'

param networkName string
param location string
param tags Tags
@allowed(['flex', 'premium'])
param plan string
param network PrivateNetwork
@description('Zones of private endpoints, such as privatelink.blob.….')
param zones string[]

var makesNetwork = !empty(network.?addressPrefix)
var makesZones = !(network.?namesAreElsewhere ?? false)
var addressPrefix = network.?addressPrefix ?? '10.0.0.0/24'
// The network of a subnet that is there: zones are linked to it.
var networkId = makesNetwork ? made.id : split(network.?endpointSubnetId ?? '', '/subnets/')[0]

resource made 'Microsoft.Network/virtualNetworks@2024-01-01' = if (makesNetwork) {
  name: networkName
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: plan == 'flex' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
        }
      }
    ]
  }
}

resource zoneList 'Microsoft.Network/privateDnsZones@2020-06-01' = [
  for zone in zones: if (makesZones) {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [
  for (zone, index) in zones: if (makesZones) {
    parent: zoneList[index]
    name: networkName
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
]
