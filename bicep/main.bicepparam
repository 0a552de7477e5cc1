using 'main.bicep'

// A first deployment: look, explain, write nothing. docs/deploy.md says what to change afterwards, and when.
param name = 'scale'
param plan = 'flex'
param mode = 'observe'
param deployEvents = false
param fleetResourceGroups = ['rg-fleet']
param tags = {
  application: 'ScaleFunctions'
}
