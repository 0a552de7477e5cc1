// Wrong on purpose: days is a number.
param location string = resourceGroup().location

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'broken'
  location: location
  properties: {
    retentionInDays: 'thirty'
  }
}
