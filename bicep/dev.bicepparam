using 'main.bicep'

// To try it out: observes, keeps nothing warm, and tells when it costs more than it should. A late tick does no harm here.
param name = 'scaledev'
param plan = 'flex'
param mode = 'observe'
param deployEvents = false
param fleetResourceGroups = ['rg-fleet-dev']
param tags = {
  application: 'ScaleFunctions'
  environment: 'dev'
}
param scaleTickAlwaysReady = 0
param evaluateAlwaysReady = 0
param maximumInstanceCount = 40
param instanceMemoryMB = 512
param logRetentionInDays = 30
param diagnosticSettings = false
// A tick that waits for a cold start is no reason to wake anybody.
param deadManWindow = 'PT30M'
// The first of a month: the one of the deployment, or one to come.
param ownBudget = {
  amount: 30
  startDate: '2027-01-01'
}
