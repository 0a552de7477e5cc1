param name string
param capacity int

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: name
  location: 'westeurope'
  sku: {
    name: 'P1v3'
    capacity: capacity
  }
}
