// The private address of a resource, and its name in the zone that the network looks up.
import { Tags } from 'types.bicep'

param appName string
param location string
param tags Tags
param subnetId string
param targetId string
@description('Which side of the resource: blob, queue, table, sites, topic.')
param part string
param zone string
@description('Whether the zone is in this group; else names are looked after elsewhere.')
param hasZone bool

resource endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = {
  name: '${appName}-${part}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: part
        properties: {
          privateLinkServiceId: targetId
          groupIds: [part]
        }
      }
    ]
  }
}

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = if (hasZone) {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: part
        properties: {
          privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zone)
        }
      }
    ]
  }
}
